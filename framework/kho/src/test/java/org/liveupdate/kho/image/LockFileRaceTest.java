package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.ChildJvm;

/** Lock files are deleted when nobody holds them: never so that two hold the same lock on different files. */
@Timeout(60)
class LockFileRaceTest {

    private static final int PROCESSES = 3;

    @TempDir
    Path directory;

    @Test
    void whileLockFilesAreDeletedALockHasOneHolder() throws Exception {
        Path holders = Files.createDirectory(directory.resolve("holders"));
        Path handover = Files.createDirectory(directory.resolve("handover"),
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------")));
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                children.add(ChildJvm.start(Locking.class, handover.toString(), holders.resolve("one").toString()));
            }
            for (ChildJvm child : children) {
                assertEquals("one holder at a time", child.receive());
            }
        } finally {
            children.forEach(ChildJvm::close);
        }
    }

    /** Locks, looks whether it is alone, unlocks, and deletes the lock file. */
    public static final class Locking {

        private static final int ROUNDS = 3000;

        private Locking() {}

        public static void main(String[] arguments) throws IOException {
            HandoverDirectory handover = HandoverDirectory.open(Path.of(arguments[0]));
            Path mark = Path.of(arguments[1]);
            String seen = "one holder at a time";
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    DirectoryLock lock = handover.lockGeneration(5);
                    Files.createFile(mark);
                    Files.delete(mark);
                    lock.close();
                } catch (FileAlreadyExistsException e) {
                    seen = "two holders in round " + round;
                } catch (FileSystemException e) {
                    // held by another one
                    Thread.onSpinWait();
                }
                handover.reclaim();
            }
            System.out.println(seen);
        }
    }
}
