package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Handover directories that are not fit for the purpose. */
@Timeout(120)
class WrongDirectoryE2eIT {
    private static final int NOBODY = 65534;
    private static final int MIB = 1 << 20;

    @TempDir
    Path place;

    private Liveupdate liveupdate;

    @BeforeEach
    void makePlace() throws Exception {
        liveupdate = new Liveupdate(place).shortLived();
    }

    @Test
    void aMissingOneIsNamed() throws Exception {
        Files.delete(liveupdate.directory());

        refused("is missing", "mkdir -m 700");
    }

    @Test
    void aFileIsNotADirectory() throws Exception {
        Files.delete(liveupdate.directory());
        Files.createFile(liveupdate.directory());

        refused("is not a directory");
    }

    @Test
    void oneThatOthersCanEnterIsRefused() throws Exception {
        Files.setPosixFilePermissions(liveupdate.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));

        refused("has mode 755", "chmod 700");
    }

    @Test
    void oneThatBelongsToSomebodyElseIsRefused() throws Exception {
        if (Shell.isRoot()) {
            Files.setAttribute(liveupdate.directory(), "unix:uid", NOBODY);
            refused("belongs to user " + NOBODY, "use a directory of your own");
        } else {
            try (Run run = liveupdate.start("demo", "--directory", "/", liveupdate.input("file", 100))) {
                run.end().failed(1, "/", "belongs to user 0", "use a directory of your own");
            }
        }
    }

    @Test
    void oneThatCannotBeWrittenIsRefused() throws Exception {
        Tmpfs.on(liveupdate.directory(), "ro,mode=700", () -> refused("is not writable", "read-only"));
    }

    @Test
    void aFullOneIsToldWithWhatDidNotFit() throws Exception {
        Tmpfs.on(liveupdate.directory(), "size=8m,mode=700", () -> {
            Path large = liveupdate.input("large", 16 * MIB);
            try (Run run = liveupdate.demo(large)) {
                run.end().failed(1, "cannot load " + large, "--directory with more room");
            }
            assertEquals(List.of("guard.lock", "supervisor.lock"), liveupdate.preserved());
            try (Run run = liveupdate.demo(liveupdate.input("small", 1000))) {
                run.end().succeeded();
            }
        });
    }

    @Test
    void oneThatIsInUseIsRefusedAndItsUserNotDisturbed() throws Exception {
        Path file = liveupdate.input("file", 1000);
        try (Run first = liveupdate.demo(file)) {
            first.awaitLine("handover directory " + liveupdate.directory());
            Shell.signal("STOP", first.supervisor());
            // closed by the first one, which it must not disturb
            Run second = liveupdate.demo(file);
            second.endBeside().failed(1, liveupdate.directory(), first.supervisor().pid(), "another directory");
            Shell.signal("CONT", first.supervisor());
            first.end().succeeded().said("every digest equal");
        }
    }

    @Test
    void oneWithoutAnImageCannotBeResumed() throws Exception {
        try (Run run = liveupdate.demo("--resume")) {
            run.end().failed(1, "no image in " + liveupdate.directory(), "without --resume");
        }
    }

    private void refused(Object... parts) throws Exception {
        try (Run run = liveupdate.demo(liveupdate.input("file", 100))) {
            Object[] all = new Object[parts.length + 1];
            all[0] = liveupdate.directory();
            System.arraycopy(parts, 0, all, 1, parts.length);
            run.end().failed(1, all);
        }
        assertEquals(List.of(), liveupdate.rubbish());
    }
}
