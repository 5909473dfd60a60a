package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;

/** Bytes that a device reaches by address. After each test every page is free. */
class MemfdPinTest {

    private static final int BYTES = 5 * 4096 + 100;

    @TempDir
    Path directory;

    private Generation generation;
    private Memfd memfd;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory);
        memfd = generation.create("test");
        memfd.truncate(BYTES);
        memfd.write(some(BYTES));
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        memfd.close();
        assertEquals(0, generation.pages());
        generation.close();
    }

    private byte[] atAddresses(List<Extent> extents) {
        byte[] bytes = new byte[extents.stream().mapToInt(extent -> (int) extent.length()).sum()];
        int done = 0;
        for (Extent extent : extents) {
            Region block = ((MemfdFile) memfd).blocks().stream().filter(
                    region -> extent.address() >= region.address()
                            && extent.address() + extent.length() <= region.address() + region.size())
                    .findFirst().orElseThrow();
            block.read(extent.address() - block.address(), bytes, done, (int) extent.length());
            done += extent.length();
        }
        return bytes;
    }

    @Test
    void showsWhereEachByteOfTheRangeIs() throws IOException {
        try (Pin all = memfd.pin(0, BYTES);
                Pin some = memfd.pin(4 * 4096 - 10, 4106);
                Pin last = memfd.pin(BYTES - 1, 1)) {
            assertArrayEquals(some(BYTES).array(), atAddresses(all.extents()));
            assertEquals(List.of(4 * 4096L - 10, 4 * 4096L), some.extents().stream().map(Extent::offset).toList());
            assertArrayEquals(Arrays.copyOfRange(some(BYTES).array(), 4 * 4096 - 10, 5 * 4096),
                    atAddresses(some.extents()));
            assertEquals(1, last.extents().size());
            assertArrayEquals(Arrays.copyOfRange(some(BYTES).array(), BYTES - 1, BYTES), atAddresses(last.extents()));
        }
    }

    @Test
    void aRangeThatIsEmptyOrNotInsideTheFileIsEinval() {
        assertRefused(Errno.EINVAL, () -> memfd.pin(0, 0));
        assertRefused(Errno.EINVAL, () -> memfd.pin(-1, 1));
        assertRefused(Errno.EINVAL, () -> memfd.pin(0, BYTES + 1));
        assertRefused(Errno.EINVAL, () -> memfd.pin(BYTES, 1));
        assertRefused(Errno.EINVAL, () -> memfd.pin(1, Long.MAX_VALUE));
        memfd.close();
        assertRefused(Errno.EBADF, () -> memfd.pin(0, 1));
    }

    @Test
    void shorteningIntoThePinIsEbusyAndGrowingMovesNothing() throws IOException {
        try (Pin pin = memfd.pin(4096, 4096)) {
            assertRefused(Errno.EBUSY, () -> memfd.truncate(8191));
            memfd.truncate(8192);
            memfd.truncate(1 << 20);
            assertArrayEquals(Arrays.copyOfRange(some(BYTES).array(), 4096, 8192), atAddresses(pin.extents()));
        }
        memfd.truncate(0);
    }

    @Test
    void theBytesOfAClosedFileStayUntilTheLastPinIsClosed() throws IOException {
        Pin first = memfd.pin(0, 1);
        Pin second = memfd.pin(0, 1);
        memfd.close();
        first.close();
        first.close();
        assertTrue(generation.pages() > 0);
        second.close();
        assertEquals(0, generation.pages());
    }

    @Test
    void aPinnedFileIsPreservedAndTheBytesOutlastTheSession() throws Exception {
        Pin pin = memfd.pin(0, BYTES);
        Held held = Held.preserve(generation, memfd);
        memfd.close();
        assertEquals(0, held.unpreserve());
        assertArrayEquals(some(BYTES).array(), atAddresses(pin.extents()));
        pin.close();
        assertEquals(0, generation.pages());
    }

    @Test
    void whenTheProviderLeavesThePinEndsAndTheSessionKeepsTheBytes() throws Exception {
        Pin pin = memfd.pin(0, BYTES);
        Held held = Held.preserve(generation, memfd);
        Memfd old = memfd;
        memfd = held.swap();
        assertRefused(Errno.ENODEV, () -> old.pin(0, 1));
        try (Pin again = memfd.pin(0, BYTES)) {
            assertEquals(pin.extents(), again.extents());
            assertArrayEquals(some(BYTES).array(), atAddresses(again.extents()));
        }
        pin.close();
        assertArrayEquals(some(BYTES).array(), Bytes.read(memfd));
        assertEquals(0, held.unpreserve());
    }
}
