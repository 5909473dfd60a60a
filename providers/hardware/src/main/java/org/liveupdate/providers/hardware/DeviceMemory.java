package org.liveupdate.providers.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.liveupdate.providers.api.hardware.TableReader;

/**
 * Handover memory as a device reaches it: all of it, by address, past everything that guards it within the JVM of a
 * generation. Confined to one thread.
 */
final class DeviceMemory implements TableReader, AutoCloseable {

    private static final int SEGMENT_SHIFT = 30;
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final FileChannel file;
    private final Map<Integer, ByteBuffer> segments = new HashMap<>();

    DeviceMemory(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public long entry(long address) {
        return (long) LONG.getVolatile(segment(address), offset(address));
    }

    /** Writes 8 bytes at an address, a multiple of 8; what was written before is seen first. */
    void write(long address, long value) {
        LONG.setVolatile(segment(address), offset(address), value);
    }

    /** The mapping that {@code address} and the 7 bytes behind it are in; the file may have grown since the last one. */
    private ByteBuffer segment(long address) {
        int segment = (int) (address >>> SEGMENT_SHIFT);
        ByteBuffer mapped = segments.get(segment);
        if (mapped == null || offset(address) > mapped.capacity() - Long.BYTES) {
            mapped = map(segment);
            segments.put(segment, mapped);
        }
        if (address < 0 || offset(address) > mapped.capacity() - Long.BYTES) {
            throw new IndexOutOfBoundsException("no memory at 0x" + Long.toHexString(address));
        }
        return mapped;
    }

    private ByteBuffer map(int segment) {
        long start = (long) segment << SEGMENT_SHIFT;
        try {
            long length = Math.max(0, Math.min(1L << SEGMENT_SHIFT, file.size() - start));
            return length == 0 ? ByteBuffer.allocate(0) : file.map(MapMode.READ_WRITE, start, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int offset(long address) {
        return (int) address & (1 << SEGMENT_SHIFT) - 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
