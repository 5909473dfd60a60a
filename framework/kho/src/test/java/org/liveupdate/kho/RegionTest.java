package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;

class RegionTest {

    @TempDir
    Path directory;
    private HandoverMemory memory;
    private Pool pool;
    private Region region;

    @BeforeEach
    void allocate() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        pool = memory.pool("test");
        region = pool.allocate(8192);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void valuesAreLittleEndianAndNeedNoAlignment() {
        region.putLong(1, 0x0807060504030201L);
        for (int i = 0; i < 8; i++) {
            assertEquals(i + 1, region.getByte(1 + i));
        }
        assertEquals(0x04030201, region.getInt(1));
        assertEquals(0x0201, region.getShort(1));
        region.putInt(101, 0xdeadbeef);
        assertEquals((byte) 0xef, region.getByte(101));
        region.putShort(203, (short) 0x1234);
        assertEquals(0x34, region.getByte(203));
        region.putByte(8191, (byte) 7);
        assertEquals(7, region.getByte(8191));
    }

    @Test
    void bytesComeBackFromArraysAndBuffers() {
        byte[] bytes = new byte[5000];
        new Random(1).nextBytes(bytes);
        region.write(100, bytes, 10, 4000);
        byte[] back = new byte[5000];
        region.read(100, back, 10, 4000);
        assertArrayEquals(Arrays.copyOfRange(bytes, 10, 4010), Arrays.copyOfRange(back, 10, 4010));

        ByteBuffer source = ByteBuffer.wrap(bytes).position(1000).limit(2000);
        region.write(0, source);
        assertEquals(2000, source.position());
        ByteBuffer target = ByteBuffer.allocateDirect(1000);
        region.read(0, target);
        assertEquals(1000, target.position());
        assertEquals(ByteBuffer.wrap(bytes, 1000, 1000), target.flip());
    }

    @Test
    void fillSetsExactlyWhatItIsTold() {
        region.fill(1, 8190, (byte) 0x5a);
        assertEquals(0, region.getByte(0));
        assertEquals(0x5a, region.getByte(1));
        assertEquals(0x5a, region.getByte(8190));
        assertEquals(0, region.getByte(8191));
        region.fill(4096, 0, (byte) 1);
        assertEquals(0x5a, region.getByte(4096));
    }

    @Test
    void everyAccessOutsideIsRefused() {
        byte[] bytes = new byte[16];
        long[] outside = {-1, 8185, 8192, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 4, 1L << 32};
        for (long offset : outside) {
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.getLong(offset));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.putLong(offset, 1));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.read(offset, bytes, 0, 16));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.write(offset, ByteBuffer.wrap(bytes)));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.fill(offset, 8, (byte) 0));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.slice(offset, 8));
            assertRefused(Reason.OUT_OF_BOUNDS, () -> region.readOnly(offset, 8));
        }
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.getByte(8192));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.getShort(8191));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.getInt(8189));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.putByte(-1, (byte) 0));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.slice(0, -1));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> region.fill(0, -1, (byte) 0));
        KhoException refusal = assertRefused(Reason.OUT_OF_BOUNDS, () -> region.slice(0, 8193));
        assertTrue(refusal.getMessage().contains("0x" + Long.toHexString(region.address())), refusal.getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> region.read(0, bytes, 10, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> region.write(0, bytes, -1, 10));
    }

    @Test
    void aSliceIsBoundedByItself() {
        Region slice = region.slice(4000, 100);
        assertEquals(region.address() + 4000, slice.address());
        assertEquals(100, slice.size());
        slice.putByte(99, (byte) 9);
        assertEquals(9, region.getByte(4099));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> slice.putByte(100, (byte) 1));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> slice.getByte(-1));
        Region inner = slice.slice(90, 10);
        assertEquals(9, inner.getByte(9));
        assertRefused(Reason.OUT_OF_BOUNDS, () -> inner.getByte(10));
        assertEquals(0, slice.slice(100, 0).size());
    }

    @Test
    void aReadOnlyViewShowsTheBlockAndCannotChangeIt() {
        region.putInt(8, 42);
        ByteBuffer view = region.readOnly(8, 4);
        assertEquals(42, view.getInt(0));
        region.putInt(8, 43);
        assertEquals(43, view.getInt(0), "no copy");
        assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 1));
        assertEquals(4, view.capacity());
    }

    @Test
    void aViewOfAFreedBlockIsRefusedEvenAfterItsPagesAreInUseAgain() {
        Region slice = region.slice(0, 64);
        long address = region.address();
        pool.free(address);
        Region other = memory.pool("other").allocate(8192);
        assertEquals(address, other.address());
        assertRefused(Reason.NOT_ALLOCATED, () -> region.putLong(0, 1));
        assertRefused(Reason.NOT_ALLOCATED, () -> region.getLong(0));
        assertRefused(Reason.NOT_ALLOCATED, () -> slice.fill(0, 64, (byte) 1));
        assertRefused(Reason.NOT_ALLOCATED, () -> slice.slice(0, 1));
        assertRefused(Reason.NOT_ALLOCATED, () -> region.readOnly(0, 1));
        assertRefused(Reason.NOT_ALLOCATED, () -> region.write(0, new byte[1], 0, 1));
        KhoException refusal = assertRefused(Reason.NOT_ALLOCATED, () -> region.read(0, new byte[1], 0, 1));
        assertTrue(refusal.getMessage().contains("test"), refusal.getMessage());
        assertEquals(0, other.getLong(0));
    }
}
