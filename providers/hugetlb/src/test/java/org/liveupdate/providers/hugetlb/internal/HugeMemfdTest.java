package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.GIB_1;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** A huge memfd on ordinary pages, as its user sees it. After each test every page is free. */
class HugeMemfdTest {

    @TempDir
    Path directory;

    private Generation generation;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory, Map.of(Settings.PAGES, "2M:8,1G:1"));
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void hasWholePagesOfZeros() throws IOException {
        try (HugeMemfd file = generation.factory().create("test", MIB_2 + 1, MIB_2)) {
            assertEquals("test", file.name());
            assertEquals(2 * MIB_2, file.size());
            assertEquals(MIB_2, file.pageSize());
            assertEquals(2, file.pages());
            assertEquals(1024, generation.pages());
            assertArrayEquals(new byte[(int) (2 * MIB_2)], Bytes.read(file));
            assertEquals("ordinary pages of handover memory", file.backing());
        }
        assertEquals(List.of(MIB_2, GIB_1), generation.factory().pageSizes());
        assertEquals("ordinary pages of handover memory", generation.factory().backing());
    }

    @Test
    void anEmptyFileHasNoPages() throws IOException {
        try (HugeMemfd file = generation.create(0)) {
            assertEquals(0, file.pages());
            assertEquals(0, file.size());
        }
    }

    @Test
    void isReadAndWrittenAcrossPages() throws IOException {
        try (HugeMemfd file = generation.create(3)) {
            int length = (int) MIB_2 + 100;
            assertEquals(length, file.write(MIB_2 - 50, some(length)));
            ByteBuffer read = ByteBuffer.allocate(length);
            assertEquals(length, file.read(MIB_2 - 50, read));
            assertArrayEquals(some(length).array(), read.array());
            byte[] all = Bytes.visited(file);
            assertEquals(3 * MIB_2, all.length);
            assertArrayEquals(read.array(), Arrays.copyOfRange(all, (int) MIB_2 - 50, (int) MIB_2 - 50 + length));
        }
    }

    @Test
    void writingStopsAtTheEndAndDoesNotGrowTheFile() throws IOException {
        try (HugeMemfd file = generation.create(1)) {
            file.position(MIB_2 - 10);
            ByteBuffer source = some(100);
            assertEquals(10, file.write(source));
            assertEquals(90, source.remaining());
            assertRefused(Errno.ENOSPC, () -> file.write(source));
            assertRefused(Errno.ENOSPC, () -> file.write(1L << 40, source));
            assertEquals(MIB_2, file.size());
        }
    }

    @Test
    void growsAndShrinksByWholePages() throws IOException {
        try (HugeMemfd file = generation.create(1)) {
            file.write(0, some(100));
            file.truncate(4 * MIB_2);
            assertEquals(4, generation.taken());
            assertArrayEquals(some(100).array(), Arrays.copyOf(Bytes.read(file), 100));
            file.truncate(2 * MIB_2);
            assertEquals(2, generation.taken());
            assertEquals(2 * 512, generation.pages());
            assertRefused(Errno.EINVAL, () -> file.truncate(MIB_2 + 4096));
            file.truncate(0);
            assertEquals(0, generation.taken());
        }
    }

    @Test
    void theFactoryHandsOutNoMoreThanThePoolHas() throws IOException {
        HugeMemfd six = generation.create(6);
        assertRefused(Errno.ENOMEM, () -> generation.create(3));
        assertRefused(Errno.ENOMEM, () -> six.truncate(9 * MIB_2));
        assertEquals(6, generation.taken());
        HugeMemfd two = generation.create(2);
        assertRefused(Errno.ENOMEM, () -> generation.create(1));
        six.close();
        assertEquals(2, generation.taken());
        generation.create(6).close();
        two.close();
    }

    @Test
    void eachPageSizeHasItsOwnPool() throws IOException {
        HugeMemfd eight = generation.create(8);
        try (HugeMemfd big = generation.factory().create("big", 1, GIB_1)) {
            assertEquals(GIB_1, big.size());
            big.write(GIB_1 - 10, some(10));
            assertRefused(Errno.ENOMEM, () -> generation.factory().create("big", 1, GIB_1));
        }
        eight.close();
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertRefused(Errno.EINVAL, () -> generation.factory().create("test", 1, 4096));
        assertRefused(Errno.EINVAL, () -> generation.factory().create("test", 1, 3));
        assertRefused(Errno.EINVAL, () -> generation.factory().create("test", -1, MIB_2));
        assertRefused(Errno.EINVAL, () -> generation.factory().create("x".repeat(250), 1, MIB_2));
        assertRefused(Errno.EFBIG, () -> generation.factory().create("test", Long.MAX_VALUE, MIB_2));
    }

    @Test
    void aClosedFileIsEbadfAndHasNoPages() throws IOException {
        HugeMemfd file = generation.create(1);
        file.close();
        file.close();
        assertRefused(Errno.EBADF, file::size);
        assertRefused(Errno.EBADF, () -> file.write(some(1)));
        assertEquals(0, file.pages());
        assertEquals(MIB_2, file.pageSize());
    }

    @Test
    void aMountThatIsNoneIsSaidAndNotUsed() throws IOException {
        try (Generation other = Generation.first(directory, Map.of(Settings.MOUNT, directory.toString()))) {
            String backing = other.factory().backing();
            assertTrue(backing.startsWith("ordinary pages of handover memory; the configured mount is not used: "),
                    backing);
            assertTrue(backing.contains(directory.toString()), backing);
            other.create(1).close();
        }
        try (Generation other = Generation.first(directory, Map.of(Settings.MOUNT, "/no/such/directory"))) {
            assertTrue(other.factory().backing().contains("/no/such/directory"));
        }
    }
}
