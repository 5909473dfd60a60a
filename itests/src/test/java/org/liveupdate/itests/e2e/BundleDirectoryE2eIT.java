package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code --bundles}. That generations have the bundles is for the tutorial to show. */
@Timeout(120)
class BundleDirectoryE2eIT {
    @TempDir
    Path place;

    private Liveupdate liveupdate;

    @BeforeEach
    void makePlace() throws Exception {
        liveupdate = new Liveupdate(place).shortLived();
    }

    @Test
    void whatIsNoDirectoryIsNamed() throws Exception {
        Path none = place.resolve("none");

        try (Run run = liveupdate.start("--directory", liveupdate.directory(), "--bundles", none)) {
            run.end().failed(2, "--bundles needs a directory", none, "is none");
        }
        assertEquals(List.of(), liveupdate.preserved());
    }

    @Test
    void whatIsNoBundleIsNamedAndTheRuntimeIsThere() throws Exception {
        Path bundles = Files.createDirectory(place.resolve("bundles"));
        Path broken = Files.writeString(bundles.resolve("broken.jar"), "no jar");
        Files.writeString(bundles.resolve("readme.txt"), "no jar either");

        try (Run run = liveupdate.start("--directory", liveupdate.directory(), "--bundles", bundles)) {
            run.awaitError(broken + " cannot be ");
            run.type("echo \"there\"");
            run.awaitLine("there");
        }
    }
}
