package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Input files that cannot be read. */
@Timeout(120)
class WrongInputE2eIT {
    private static final String NOBODY = "65534";

    @TempDir
    Path place;

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived();
        try (Run run = liveupdate.demo(liveupdate.input("good", 100), "/no/such/file")) {
            run.end().failed(1, "cannot read /no/such/file", "there is no such file");
        }
        assertEquals(List.of(), liveupdate.preserved());
    }

    @Test
    void aDirectoryIsNamed() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived();
        try (Run run = liveupdate.demo(place)) {
            run.end().failed(1, "cannot read " + place, "directory", "name regular files");
        }
        assertEquals(List.of(), liveupdate.preserved());
    }

    @Test
    void anUnreadableFileIsNamed() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived();
        Path file = Files.setPosixFilePermissions(liveupdate.input("secret", 100),
                PosixFilePermissions.fromString("-w-------"));
        if (Shell.isRoot()) {
            becomeNobody(liveupdate);
        }
        try (Run run = liveupdate.demo(file)) {
            run.end().failed(1, "cannot read " + file, "permission denied", "make it readable");
        }
        assertEquals(List.of(), liveupdate.preserved());
    }

    /** Root may read everything: the user who has no name is to run it, in a place of his own. */
    private void becomeNobody(Liveupdate liveupdate) throws Exception {
        liveupdate.jar(Files.copy(Liveupdate.jar("liveupdate.jar"), place.resolve("liveupdate.jar")));
        Shell.run("chown", "-R", NOBODY, place.toString());
        String[] nobody = {"setpriv", "--reuid=" + NOBODY, "--clear-groups"};
        Assumptions.assumeTrue(
                Shell.tryRun(nobody[0], nobody[1], nobody[2], Liveupdate.java(), "-version").isPresent(),
                "root has no setpriv, or this JDK is not accessible to other users");
        liveupdate.under(nobody);
    }
}
