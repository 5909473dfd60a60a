package org.liveupdate.providers.api.hardware;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The registers of a piece of hardware: a file, mapped by the hardware and by whoever drives it. Registers are
 * little-endian u64s; every access is atomic, and ordered with all others, also between processes. Thread safe.
 */
public final class RegisterFile {

    private static final VarHandle REGISTER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    /** Only absolute access, because it is shared. */
    private final ByteBuffer bytes;

    private RegisterFile(Path path, ByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /**
     * Maps a register file. The mapping ends when nobody refers to this any more.
     *
     * @param path not null
     * @param length how long it has to be at least, in bytes; as much is mapped
     * @throws IOException if it is not there, shorter, or cannot be mapped
     */
    public static RegisterFile open(Path path, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < length) {
                throw new IOException(path + ": expected registers of " + length + " bytes, found " + channel.size());
            }
            return new RegisterFile(path, channel.map(MapMode.READ_WRITE, 0, length));
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The register at {@code offset}, a multiple of 8. */
    public long get(int offset) {
        return (long) REGISTER.getVolatile(bytes, offset);
    }

    /** Sets the register at {@code offset}, a multiple of 8. */
    public void set(int offset, long value) {
        REGISTER.setVolatile(bytes, offset, value);
    }

    /** Adds to the register at {@code offset}, a multiple of 8, at once; returns the sum. */
    public long add(int offset, long difference) {
        return (long) REGISTER.getAndAdd(bytes, offset, difference) + difference;
    }

    /** Sets the register at {@code offset}, a multiple of 8, if it has the value {@code expected}; whether it had. */
    public boolean replace(int offset, long expected, long value) {
        return REGISTER.compareAndSet(bytes, offset, expected, value);
    }

    /** Sets the bits of {@code mask} in the register at {@code offset}, a multiple of 8, and leaves the others. */
    public void setBits(int offset, long mask) {
        REGISTER.getAndBitwiseOr(bytes, offset, mask);
    }

    /** Clears the bits of {@code mask} in the register at {@code offset}, a multiple of 8, and leaves the others. */
    public void clearBits(int offset, long mask) {
        REGISTER.getAndBitwiseAnd(bytes, offset, ~mask);
    }

    /** Copies bytes from {@code offset} on, not atomically. */
    public byte[] read(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return copy;
    }

    /** Writes bytes from {@code offset} on, not atomically. */
    public void write(int offset, byte[] source) {
        bytes.put(offset, source);
    }
}
