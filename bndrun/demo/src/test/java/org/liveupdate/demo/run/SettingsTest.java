package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.liveupdate.demo.files.FilesScenario;

class SettingsTest {
    @Test
    void theyAreReadFromProperties() throws Failure {
        Map<String, String> properties = Map.of("liveupdate.demo.generations", "3", "liveupdate.demo.file.count", "2",
                "liveupdate.demo.file.0", "/a b", "liveupdate.demo.file.1", "/c", "liveupdate.resume", "true",
                "liveupdate.role", "successor", "liveupdate.generation", "7");
        assertEquals(new Settings(List.of(Path.of("/a b"), Path.of("/c")), 3, true, true, "7"),
                Settings.of(properties::get));
    }

    @Test
    void withoutPropertiesThereIsOneUpdateAndNoFileIsNamed() throws Failure {
        assertEquals(new Settings(List.of(), 1, false, false, "1"), Settings.of(name -> null));
    }

    @Test
    void aWrongPropertyIsNamed() {
        for (Map<String, String> properties : List.of(Map.of("liveupdate.demo.generations", "0"),
                Map.of("liveupdate.demo.generations", "many"), Map.of("liveupdate.demo.file.count", "1"),
                Map.of("liveupdate.demo.file.count", "1", "liveupdate.demo.file.0", "\0"))) {
            Failure failure = assertThrows(Failure.class, () -> Settings.of(properties::get));
            assertTrue(failure.getMessage().startsWith("the property liveupdate.demo."), failure.getMessage());
        }
    }

    @Test
    void onlyItsCommandWantsAScenario() {
        assertTrue(Settings.wants(new FilesScenario(), Map.of("liveupdate.command", "demo")::get));
        assertFalse(Settings.wants(new FilesScenario(), Map.of("liveupdate.command", "runtime")::get));
        assertFalse(Settings.wants(new FilesScenario(), name -> null));
    }
}
