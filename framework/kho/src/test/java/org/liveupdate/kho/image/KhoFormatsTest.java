package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KhoFormatsTest {

    @Test
    void theManifestSaysWhatTheCatalogueSays() throws Exception {
        String capabilities;
        try (InputStream stream = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            capabilities = new Manifest(stream).getMainAttributes().getValue("Provide-Capability");
        }
        for (Format format : KhoFormats.all()) {
            String versions = String.join(",", LongStream.rangeClosed(format.oldestRead(), format.newestRead())
                    .mapToObj(Long::toString).toList());
            String clause = KhoFormats.NAMESPACE + ";format=" + format.name() + ";reads:List<Long>=" + versions
                    + ";writes:Long=" + format.writes();
            assertTrue(capabilities.replace("\"", "").replace("'", "").contains(clause),
                    clause + " in " + capabilities);
        }
        assertEquals(KhoFormats.all().size(), capabilities.split(KhoFormats.NAMESPACE + ";", -1).length - 1);
    }

    @Test
    void aFormatIsReadByTheBuildThatWritesIt() {
        assertThrows(IllegalArgumentException.class, () -> new Format("x", 3, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Format("x", 1, 2, 2));
        assertEquals("liveupdate-kho-v2", KhoFormats.MEMORY.compatible());
    }
}
