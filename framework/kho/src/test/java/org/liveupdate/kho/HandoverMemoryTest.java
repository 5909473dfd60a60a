package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

class HandoverMemoryTest {

    private static final MemoryOptions OPTIONS = MemoryOptions.defaults();

    @TempDir
    Path directory;

    @Test
    void theFileIsNewPrivateAndSparse() throws IOException {
        try (HandoverMemory one = HandoverMemory.create(directory, OPTIONS);
                HandoverMemory two = HandoverMemory.create(directory, OPTIONS)) {
            assertTrue(one.file().getFileName().toString().matches("memory-[0-9a-f]{16}"), one.file().toString());
            assertFalse(one.file().equals(two.file()));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one.file())));
            assertEquals(1L << 30, Files.size(one.file()));
        }
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");
        NoSuchFileException e =
                assertThrows(NoSuchFileException.class, () -> HandoverMemory.create(missing, OPTIONS));
        assertTrue(e.getMessage().contains(missing.toString()));
    }

    @Test
    void anAttachedMemoryHasThePreservedBlocksAndNothingElse() throws IOException {
        MemoryState state;
        long preserved;
        long ordinary;
        try (HandoverMemory memory = HandoverMemory.create(directory, OPTIONS)) {
            Pool pool = memory.pool("provider");
            ordinary = pool.allocate(4096).address();
            ScopeControl scope = memory.newScope("flb", pool);
            Region region = scope.allocPreserve(8192);
            preserved = region.address();
            region.putLong(8000, 1234567890123L);
            memory.freeze();
            state = memory.state();
        }
        try (HandoverMemory memory = HandoverMemory.attach(directory, state, OPTIONS)) {
            ScopeControl scope = memory.scope(1);
            assertEquals("flb", scope.owner());
            assertEquals("flb", scope.pool().owner());
            assertEquals(1234567890123L, scope.region(preserved).getLong(8000));
            assertRefused(Reason.FROZEN, () -> scope.region(preserved).putLong(0, 1));
            assertRefused(Reason.FROZEN, () -> memory.pool("x").allocate(1));
            assertEquals(2, memory.statistics().usedPages());
            memory.thaw();
            Region restored = scope.restore(preserved);
            restored.putLong(0, 1);
            assertEquals(ordinary, memory.pool("x").allocate(4096).address(), "ordinary blocks are free again");
            assertEquals(2, memory.newScope("next", memory.pool("x")).id());
        }
    }

    @Test
    void repeatedUpdatesDoNotGrowTheFile() throws IOException {
        Random random = new Random(5);
        HandoverMemory memory = HandoverMemory.create(directory, OPTIONS);
        for (int file = 0; file < 50; file++) {
            memory.newScope("file " + file, memory.pool("p")).allocPreserve(4096L << random.nextInt(5));
        }
        MemoryStatistics first = memory.statistics();
        for (int update = 0; update < 30; update++) {
            memory.pool("garbage").allocate(4096L << random.nextInt(8));
            memory.freeze();
            MemoryState state = memory.state();
            memory.fence();
            memory.close();
            memory = HandoverMemory.attach(directory, state, OPTIONS);
            memory.thaw();
            for (ScopeState scope : state.scopes()) {
                ScopeControl control = memory.scope(scope.id());
                Region old = control.restore(scope.address(0));
                control.restoreFree(old.address());
                control.close();
                memory.newScope(scope.owner(), memory.pool("p")).allocPreserve(old.size());
            }
            assertEquals(first.usedPages(), memory.statistics().usedPages());
            assertEquals(first.totalPages(), memory.statistics().totalPages());
            assertTrue(memory.state().scopes().stream().allMatch(scope -> scope.address(0) < 4 << 20), "stays low");
        }
        memory.close();
    }

    @Test
    void stateThatLiesIsCorrupt() throws IOException {
        MemoryState good;
        try (HandoverMemory memory = HandoverMemory.create(directory, OPTIONS)) {
            memory.newScope("flb", memory.pool("p")).allocPreserve(8192);
            good = memory.state();
        }
        long bytes = good.fileBytes();
        assertCorrupt(state(good, bytes, 8192, 1, 8192, 1), "overlap");
        assertCorrupt(state(good, bytes, 8192, 1, 12288, 0), "overlap");
        assertCorrupt(state(good, bytes, 8192, 0, 4096, 1), "aligned");
        assertCorrupt(state(good, bytes, 8192, 0, 0, 0), "the first page");
        assertCorrupt(state(good, bytes, 8192, 0, bytes, 0), "behind the end");
        assertCorrupt(state(good, bytes, 8192, 0, 0, 18), "the first page");
        assertCorrupt(state(good, bytes, 8192, 0, 1L << 50, 0), "far outside");
        assertCorrupt(state(good, bytes, 8192, 0, 4096, 40), "order");
        assertCorrupt(state(good, bytes + 4096, 8192, 0, 4096, 0), "length");
        assertCorrupt(new MemoryState("memory-0000000000000000", bytes, 1, List.of()), "missing");
        HandoverMemory.attach(directory, state(good, bytes, 8192, 1, 16384, 1), OPTIONS).close();
    }

    @Test
    void aTruncatedFileIsCorruptAndNotMapped() throws IOException {
        MemoryState state;
        HandoverMemory memory = HandoverMemory.create(directory, OPTIONS);
        state = memory.state();
        Path file = memory.file();
        memory.close();
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        }
        ImageException e = assertCorrupt(state, "length");
        assertEquals("4096 bytes", e.found());
        assertEquals(file, e.path());
    }

    @Test
    void onlyAPrivateFileOfThisUserIsAttached() throws IOException {
        HandoverMemory memory = HandoverMemory.create(directory, OPTIONS);
        MemoryState state = memory.state();
        Path file = memory.file();
        memory.close();

        Path second = Files.createLink(directory.resolve("second"), file);
        assertRefusedFile(state, "hard links");
        Files.delete(second);

        Path moved = Files.move(file, directory.resolve("moved"));
        Files.createSymbolicLink(file, moved);
        assertRefusedFile(state, "symbolic link");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefusedFile(state, "regular file");
        Files.delete(file);
        Files.move(moved, file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefusedFile(state, "open to others");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        HandoverMemory.attach(directory, state, OPTIONS).close();

        Assumptions.assumeTrue(mayChangeOwners(file), "only root can give a file to another user");
        assertRefusedFile(state, "belongs to user 12345");
    }

    @Test
    void closingRefusesEverythingAndKeepsTheFile() throws IOException {
        HandoverMemory memory = HandoverMemory.create(directory, OPTIONS);
        Pool pool = memory.pool("p");
        Region region = pool.allocate(4096);
        memory.close();
        memory.close();
        assertRefused(Reason.INVALID, () -> region.putByte(0, (byte) 1));
        assertRefused(Reason.INVALID, () -> pool.allocate(1));
        assertRefused(Reason.INVALID, memory::thaw);
        assertTrue(Files.exists(memory.file()));
    }

    @Test
    void deletingRemovesTheFileUnlessAnotherGenerationMayNeedIt() throws IOException {
        HandoverMemory memory = HandoverMemory.create(directory, OPTIONS);
        memory.freeze();
        assertRefused(Reason.FROZEN, memory::delete);
        memory.thaw();
        memory.delete();
        assertFalse(Files.exists(memory.file()));
    }

    @Test
    void callersThatAreInterruptedHarmNobody() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, OPTIONS)) {
            Pool pool = memory.pool("p");
            Thread.currentThread().interrupt();
            Region region = pool.allocate(1 << 20);
            assertTrue(Thread.interrupted(), "the caller still learns of it");
            region.putInt(0, 5);
            Thread.currentThread().interrupt();
            Region large = pool.allocate(16 << 20);
            assertTrue(Thread.interrupted());
            assertEquals(0, large.getByte((16 << 20) - 1));
            assertEquals(5, region.getInt(0));
        }
    }

    @Test
    void interruptsWhileOthersAllocateHarmNobody() throws Exception {
        try (HandoverMemory memory = HandoverMemory.create(directory, OPTIONS)) {
            Thread[] threads = new Thread[2];
            Throwable[] failure = new Throwable[1];
            for (int i = 0; i < threads.length; i++) {
                Pool pool = memory.pool("p" + i);
                threads[i] = new Thread(() -> {
                    for (int round = 0; round < 300; round++) {
                        Region region = pool.allocate(256 << 10);
                        Thread.interrupted();
                        region.putInt(0, 1);
                        pool.free(region.address());
                    }
                });
                threads[i].setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
                threads[i].start();
            }
            while (threads[0].isAlive() || threads[1].isAlive()) {
                threads[0].interrupt();
                threads[1].interrupt();
                Thread.onSpinWait();
            }
            if (failure[0] != null) {
                throw new AssertionError(failure[0]);
            }
            assertEquals(0, memory.statistics().usedPages());
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertRefused(Reason.INVALID, () -> new MemoryOptions(4096));
        assertRefused(Reason.INVALID, () -> OPTIONS.withLimitBytes((8L << 40) + 1));
    }

    private static MemoryState state(MemoryState like, long bytes, long one, int oneOrder, long two, int twoOrder) {
        ScopeState.Builder first = new ScopeState.Builder(1, "first", 1);
        first.add(one, oneOrder);
        ScopeState.Builder second = new ScopeState.Builder(2, "second", 1);
        second.add(two, twoOrder);
        return new MemoryState(like.fileName(), bytes, 3, List.of(first.build(), second.build()));
    }

    private ImageException assertCorrupt(MemoryState state, String what) {
        ImageException e = assertThrows(ImageException.class,
                () -> HandoverMemory.attach(directory, state, OPTIONS).close(), what);
        assertEquals(ImageException.Kind.CORRUPT, e.kind());
        return e;
    }

    private void assertRefusedFile(MemoryState state, String reason) {
        FileSystemException e = assertThrows(FileSystemException.class,
                () -> HandoverMemory.attach(directory, state, OPTIONS).close());
        assertTrue(e.getReason().contains(reason), e.getMessage());
    }

    private static boolean mayChangeOwners(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
