package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.image.SystemFileOperations;

@Timeout(30)
class LedgerTest {

    @TempDir
    Path directory;

    @Test
    void pagesAreNotGivenToAnotherUntilAPausedWriterIsOut() throws Exception {
        Path path = directory.resolve("memory");
        WriteGate gate = new WriteGate(WriteGate.State.OPEN, path);
        try (MemoryFile file = new MemoryFile(UninterruptedFile.create(new SystemFileOperations(), path), gate)) {
            file.extend(64 * 4096);
            OwnerPool pool = new OwnerPool(new Ledger(file, MemoryOptions.defaults()), "pool");
            long freed = pool.allocate(4096).address();

            int paused = gate.enter();
            CompletableFuture<Void> free = Background.run(() -> pool.free(freed));
            while (pool.pages() > 0) {
                Thread.onSpinWait();
            }
            assertNotEquals(freed, pool.allocate(4096).address());
            assertFalse(free.isDone());
            gate.leave(paused);
            free.get(10, TimeUnit.SECONDS);
            assertEquals(freed, pool.allocate(4096).address());
        }
    }
}
