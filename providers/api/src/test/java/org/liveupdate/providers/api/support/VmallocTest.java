package org.liveupdate.providers.api.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

class VmallocTest {

    private static final int OFFSET = 24;

    @TempDir
    Path directory;

    private HandoverMemory memory;
    private Scope scope;
    private Region header;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        scope = memory.newScope("test", memory.pool("test"));
        header = scope.allocPreserve(4096);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    private byte[] preserved(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Vmalloc.preserve(scope, ByteBuffer.wrap(bytes), header, OFFSET);
        return bytes;
    }

    private void assertInvalid(long length) {
        long pages = scope.pages();
        LiveUpdateException e =
                assertThrows(LiveUpdateException.class, () -> Vmalloc.read(scope, header, OFFSET, length));
        assertEquals(Errno.EINVAL, e.errno());
        assertEquals(pages, scope.pages());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "4096, 2", "4097, 3", "2093056, 512", "2093057, 514", "5000000, 1224"})
    void anArrayOfAnyLengthIsReadBack(int length, int pages) throws LiveUpdateException {
        byte[] bytes = preserved(length);
        assertEquals(1 + pages, scope.pages());
        ByteBuffer read = Vmalloc.read(scope, header, OFFSET, length);
        assertEquals(ByteOrder.LITTLE_ENDIAN, read.order());
        assertEquals(length, read.remaining());
        byte[] again = new byte[length];
        read.get(again);
        assertArrayEquals(bytes, again);
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
        assertEquals(0, memory.statistics().usedPages());
    }

    @Test
    void anEmptyArrayIsSixteenZeroBytes() {
        preserved(0);
        byte[] descriptor = new byte[4096];
        header.read(0, descriptor, 0, descriptor.length);
        assertArrayEquals(new byte[4096], descriptor);
    }

    @Test
    void anotherLengthThanThePagesHaveIsRefused() {
        preserved(5000);
        for (long length : new long[]{-1, 0, 4096, 8193, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertInvalid(length);
        }
    }

    @Test
    void aDamagedDescriptorIsRefused() {
        preserved(5000);
        for (int bit = 0; bit < 128; bit++) {
            int at = OFFSET + bit / 8;
            byte before = header.getByte(at);
            header.putByte(at, (byte) (before ^ 1 << bit % 8));
            assertInvalid(5000);
            header.putByte(at, before);
        }
    }

    @Test
    void aDamagedChainIsRefused() {
        preserved(512 * 4096);
        Region chunk = scope.region(header.getLong(OFFSET));
        long next = chunk.getLong(0);
        for (long wrong : new long[]{0, 1, -1, Long.MAX_VALUE, next + 1, next << 20}) {
            chunk.putLong(0, wrong);
            assertInvalid(512 * 4096);
        }
        chunk.putLong(0, next);
        chunk.putLong(8 + 8 * 100, 0);
        assertInvalid(512 * 4096);
    }

    @Test
    void aChainThatRunsInACircleEnds() throws LiveUpdateException {
        preserved(600 * 4096);
        Region chunk = scope.region(header.getLong(OFFSET));
        chunk.putLong(0, chunk.address());
        assertEquals(600 * 4096, Vmalloc.read(scope, header, OFFSET, 600 * 4096).remaining());
    }

    @Test
    void pagesOfAnotherScopeAreNotRead() {
        preserved(100);
        Scope other = memory.newScope("other", memory.pool("other"));
        scope.region(header.getLong(OFFSET)).putLong(8, other.allocPreserve(4096).address());
        assertInvalid(100);
    }
}
