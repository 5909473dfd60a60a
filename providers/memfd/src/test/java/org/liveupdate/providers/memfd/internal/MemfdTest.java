package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memfd.Memfd;

/** A memfd as its user sees it. After each test every page is free. */
class MemfdTest {

    @TempDir
    Path directory;

    private Generation generation;
    private Memfd memfd;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory);
        memfd = generation.create("test");
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        memfd.close();
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void isEmptyAtFirst() throws IOException {
        assertEquals("test", memfd.name());
        assertEquals(0, memfd.size());
        assertEquals(0, memfd.position());
        assertEquals(-1, memfd.read(ByteBuffer.allocate(1)));
        assertEquals(0, memfd.read(ByteBuffer.allocate(0)));
        memfd.visit(view -> {
            throw new EOFException("nothing to visit");
        });
        assertEquals(0, generation.pages());
    }

    @Test
    void writingMovesThePositionAndGrowsTheFile() throws IOException {
        assertEquals(10_000, memfd.write(some(10_000)));
        assertEquals(5_000, memfd.write(some(5_000)));
        assertEquals(15_000, memfd.position());
        assertEquals(15_000, memfd.size());
        memfd.position(9_000);
        ByteBuffer read = ByteBuffer.allocate(20_000);
        assertEquals(6_000, memfd.read(read));
        assertEquals(15_000, memfd.position());
        assertArrayEquals(Arrays.copyOfRange(some(10_000).array(), 9_000, 10_000), Arrays.copyOf(read.array(), 1_000));
        assertArrayEquals(some(5_000).array(), Arrays.copyOfRange(read.array(), 1_000, 6_000));
    }

    @Test
    void positionalAccessLeavesThePosition() throws IOException {
        memfd.write(100, some(10));
        assertEquals(0, memfd.position());
        ByteBuffer read = ByteBuffer.allocate(10);
        assertEquals(10, memfd.read(100, read));
        assertArrayEquals(some(10).array(), read.array());
        assertEquals(0, memfd.position());
        assertArrayEquals(new byte[100], Arrays.copyOf(Bytes.read(memfd), 100));
    }

    @Test
    void aPositionBehindTheEndGrowsNothingUntilItIsWrittenTo() throws IOException {
        memfd.position(1 << 20);
        assertEquals(0, memfd.size());
        assertEquals(-1, memfd.read(ByteBuffer.allocate(1)));
        memfd.write(some(1));
        assertEquals((1 << 20) + 1, memfd.size());
    }

    @Test
    void whatIsCutOffIsZeroWhenTheFileGrowsAgain() throws IOException {
        memfd.write(some(100_000));
        memfd.truncate(10_001);
        memfd.truncate(100_000);
        byte[] expected = Arrays.copyOf(Arrays.copyOf(some(100_000).array(), 10_001), 100_000);
        assertArrayEquals(expected, Bytes.read(memfd));
        assertArrayEquals(expected, Bytes.visited(memfd));
    }

    @Test
    void truncatingFreesTheBlocksBehindTheEnd() throws IOException {
        memfd.truncate(100 * 4096);
        assertEquals(100, generation.pages());
        memfd.truncate(64 * 4096);
        assertEquals(64, generation.pages());
        memfd.truncate(0);
        assertEquals(0, generation.pages());
    }

    @Test
    void behavesLikeAnArrayOfBytes() throws IOException {
        Random random = new Random(42);
        byte[] model = new byte[0];
        for (int i = 0; i < 2_000; i++) {
            int offset = random.nextInt(300_000);
            int length = random.nextInt(random.nextInt(4) == 0 ? 100_000 : 100);
            switch (random.nextInt(8)) {
                case 0 -> {
                    memfd.truncate(offset);
                    model = Arrays.copyOf(model, offset);
                }
                case 1, 2, 3 -> {
                    byte[] bytes = Bytes.random(i, length);
                    assertEquals(length, memfd.write(offset, ByteBuffer.wrap(bytes)));
                    if (length > 0) {
                        model = Arrays.copyOf(model, Math.max(model.length, offset + length));
                        System.arraycopy(bytes, 0, model, offset, length);
                    }
                }
                default -> {
                    ByteBuffer read = ByteBuffer.allocateDirect(length);
                    int count = memfd.read(offset, read);
                    int expected = Math.min(length, Math.max(0, model.length - offset));
                    assertEquals(length > 0 && expected == 0 ? -1 : expected, count);
                    byte[] bytes = new byte[expected];
                    read.flip().get(bytes);
                    assertArrayEquals(Arrays.copyOfRange(model, Math.min(offset, model.length),
                            Math.min(offset, model.length) + expected), bytes);
                }
            }
            assertEquals(model.length, memfd.size());
        }
        assertArrayEquals(model, Bytes.visited(memfd));
    }

    @Test
    void aSourceIsConsumedAndTheLimitsOfBuffersStay() throws IOException {
        ByteBuffer source = some(10_000).position(100).limit(9_000);
        assertEquals(8_900, memfd.write(source));
        assertEquals(9_000, source.position());
        assertEquals(9_000, source.limit());
        ByteBuffer target = ByteBuffer.allocate(20_000).position(1).limit(19_000);
        assertEquals(8_900, memfd.read(0, target));
        assertEquals(8_901, target.position());
        assertEquals(19_000, target.limit());
    }

    @Test
    void visitingShowsReadOnlyViewsOfTheBytesThemselves() throws IOException {
        memfd.write(some(50_000));
        memfd.visit(view -> {
            assertTrue(view.isReadOnly());
            assertTrue(view.isDirect(), "a copy");
        });
        assertArrayEquals(some(50_000).array(), Bytes.visited(memfd));
    }

    @Test
    void aVisitorMayUseTheFileButNotShortenIt() throws IOException {
        memfd.write(some(100));
        memfd.visit(view -> {
            memfd.write(0, some(10));
            memfd.truncate(1_000);
            assertRefused(Errno.EBUSY, () -> memfd.truncate(1));
            memfd.close();
            assertEquals(1, generation.pages(), "a visitor sees it");
        });
        assertEquals(0, generation.pages());
    }

    @Test
    void whatAVisitorThrowsEndsTheVisit() throws IOException {
        memfd.write(some(100));
        assertThrows(EOFException.class, () -> memfd.visit(view -> {
            throw new EOFException();
        }));
        memfd.truncate(1);
    }

    @Test
    void aClosedFileIsEbadf() throws IOException {
        memfd.write(some(100));
        memfd.close();
        memfd.close();
        assertEquals(0, generation.pages());
        assertRefused(Errno.EBADF, memfd::size);
        assertRefused(Errno.EBADF, memfd::position);
        assertRefused(Errno.EBADF, () -> memfd.position(1));
        assertRefused(Errno.EBADF, () -> memfd.read(ByteBuffer.allocate(1)));
        assertRefused(Errno.EBADF, () -> memfd.write(0, some(1)));
        assertRefused(Errno.EBADF, () -> memfd.truncate(0));
        assertRefused(Errno.EBADF, () -> memfd.visit(view -> {}));
    }

    @Test
    void argumentsOutOfRangeAreRefused() throws IOException {
        assertRefused(Errno.EINVAL, () -> memfd.position(-1));
        assertRefused(Errno.EINVAL, () -> memfd.read(-1, ByteBuffer.allocate(1)));
        assertRefused(Errno.EINVAL, () -> memfd.write(-1, some(1)));
        assertRefused(Errno.EINVAL, () -> memfd.truncate(-1));
        assertRefused(Errno.EINVAL, () -> generation.create("x".repeat(250)));
        generation.create("x".repeat(249)).close();
    }

    @Test
    void aFileTooLargeToBePreservedIsEfbig() throws IOException {
        long most = 0xFFFF_FFFFL * 4096;
        assertRefused(Errno.EFBIG, () -> memfd.truncate(most + 1));
        assertRefused(Errno.EFBIG, () -> memfd.write(most, some(1)));
        assertRefused(Errno.EFBIG, () -> memfd.write(Long.MAX_VALUE, some(1)));
        assertEquals(0, memfd.size());
    }

    @Test
    void withoutMemoryAWriteIsEnomemAndChangesNothing(@TempDir Path small) throws IOException {
        try (Generation tight = Generation.first(small, 64 * 4096)) {
            Memfd file = tight.create("tight");
            file.write(some(10_000));
            long pages = tight.pages();
            assertRefused(Errno.ENOMEM, () -> file.write(some(300_000)));
            assertRefused(Errno.ENOMEM, () -> file.truncate(300_000));
            assertEquals(pages, tight.pages());
            assertArrayEquals(some(10_000).array(), Bytes.read(file));
            file.close();
            assertEquals(0, tight.pages());
        }
    }

    @Test
    void memoryInSmallPiecesIsEnough(@TempDir Path small) throws IOException {
        try (Generation tight = Generation.first(small, 64 * 4096)) {
            List<Long> everySecond = new ArrayList<>();
            for (int i = 0; i < 31; i++) {
                long kept = tight.pool().allocate(4096).address();
                everySecond.add(tight.pool().allocate(4096).address());
                assertTrue(kept > 0);
            }
            everySecond.forEach(tight.pool()::free);
            Memfd file = tight.create("scattered");
            file.truncate(30 * 4096);
            file.write(0, some(30 * 4096));
            assertArrayEquals(some(30 * 4096).array(), Bytes.read(file));
            file.close();
            assertEquals(31, tight.pages());
        }
    }

    @Test
    void threadsThatAppendLoseNothing() throws Exception {
        int threads = 4;
        int records = 500;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                byte[] record = new byte[100];
                Arrays.fill(record, (byte) (thread + 1));
                tasks.add(() -> {
                    for (int i = 0; i < records; i++) {
                        memfd.write(ByteBuffer.wrap(record));
                    }
                    return null;
                });
            }
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            executor.shutdown();
        }
        byte[] all = Bytes.read(memfd);
        assertEquals(threads * records * 100, all.length);
        for (int i = 0; i < all.length; i++) {
            assertEquals(all[i / 100 * 100], all[i], "torn record at " + i);
        }
    }
}
