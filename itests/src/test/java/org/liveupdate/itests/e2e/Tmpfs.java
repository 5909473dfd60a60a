package org.liveupdate.itests.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own; the test is skipped where it cannot be had. */
final class Tmpfs {
    /** What is done while it is mounted. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private Tmpfs() {}

    static void on(Path directory, String options, Body body) throws Exception {
        Assumptions.assumeTrue(
                Shell.tryRun("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()).isPresent(),
                "only root can mount a tmpfs, and not everywhere");
        try {
            body.run();
        } finally {
            Shell.run("umount", directory.toString());
        }
    }
}
