package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageStore;

/** On a file system of 8 MiB, which only root can mount. */
class FullFileSystemTest {

    @TempDir
    Path mountPoint;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "none", mountPoint.toString());
        Assumptions.assumeTrue(mounted, "only root can mount a small file system");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", mountPoint.toString());
        }
    }

    @Test
    void noRoomIsARefusalThatChangesNothing() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(mountPoint, MemoryOptions.defaults())) {
            Pool pool = memory.pool("p");
            Region region = pool.allocate(4 << 20);
            region.putLong(0, 42);
            MemoryStatistics before = memory.statistics();
            KhoException refusal = assertRefused(Reason.NO_MEMORY, () -> pool.allocate(8 << 20));
            assertTrue(refusal.getMessage().contains(memory.file().toString()), refusal.getMessage());
            assertEquals(before, memory.statistics());
            ScopeControl scope = memory.newScope("flb", pool);
            Scope callback = scope.begin(true);
            assertRefused(Reason.NO_MEMORY, () -> callback.allocPreserve(16 << 20));
            scope.commit();
            assertEquals(List.of(), scope.blocks());
            assertEquals(42, region.getLong(0));
            pool.free(region.address());
            pool.allocate(4 << 20).fill(0, 4 << 20, (byte) 1);
        }
    }

    @Test
    void everyAllocatedPageCanBeWritten() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(mountPoint, MemoryOptions.defaults())) {
            Pool pool = memory.pool("p");
            boolean full = false;
            while (!full) {
                try {
                    Region region = pool.allocate(64 << 10);
                    region.fill(0, region.size(), (byte) -1);
                } catch (KhoException e) {
                    assertEquals(Reason.NO_MEMORY, e.reason());
                    full = true;
                }
            }
            assertTrue(pool.pages() > 1024, "most of the 8 MiB");
        }
    }

    @Test
    void anImageThatDoesNotFitLeavesNothingBehind() throws IOException {
        ImageStore store = new ImageStore(HandoverDirectory.open(mountPoint));
        assertThrows(IOException.class, () -> store.commit(1, new byte[16 << 20]));
        assertEquals(List.of(), store.images());
        assertEquals(List.of(), HandoverDirectory.open(mountPoint).leftovers());
        store.commit(1, new byte[4 << 20]);
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
