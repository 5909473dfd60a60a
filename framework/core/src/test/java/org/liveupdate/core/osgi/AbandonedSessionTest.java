package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;

/** A session object that outlives the core it was opened with. */
class AbandonedSessionTest {
    @TempDir
    Path directory;

    @Test
    void closingItIsEbadfBecauseTheSessionIsStillThere() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        LiveUpdateFactory.Instance core = LiveUpdateFactory.find().create(directory, Map.of());
        Session closed = core.agent("test").liveUpdate().createSession("closed");
        Session open = core.agent("test").liveUpdate().createSession("open");
        closed.close();
        core.close();

        closed.close();
        for (int i = 0; i < 2; i++) {
            assertEquals(Errno.EBADF, assertThrows(LiveUpdateException.class, open::close).errno());
        }
    }
}
