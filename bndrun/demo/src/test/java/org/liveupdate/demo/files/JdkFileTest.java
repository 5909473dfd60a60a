package org.liveupdate.demo.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JdkFileTest {
    @Test
    void everyJdkHasAFileToLoad() throws Exception {
        assertTrue(JdkFile.in(Path.of(System.getProperty("java.home"))).toFile().length() > 0);
    }
}
