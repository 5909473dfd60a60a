package org.liveupdate.kho;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A bounded view of one block of handover memory, or of a part of one.
 *
 * <p>Offsets are in bytes from the start of this view, values are little-endian, and nothing needs to be aligned. Every
 * access is checked: outside of the view it is a {@link KhoException} with {@link KhoException.Reason#OUT_OF_BOUNDS}.
 * A view ends when its block is freed, when the callback that obtained it is rolled back, or when the owner that
 * obtained it has left; from then on each access is {@link KhoException.Reason#NOT_ALLOCATED}.
 *
 * <p>Writes are refused with {@link KhoException.Reason#FROZEN} while the memory is frozen and with
 * {@link KhoException.Reason#FENCED} for good once it is fenced. Reads always work.
 *
 * <p>Views may be used by any number of threads. Accesses are not ordered between threads and not atomic: whoever
 * shares a block between threads synchronizes them. No argument may be null.
 */
@ProviderType
public interface Region {

    /** The address of the first byte: a byte offset in handover memory, the same in every generation. */
    long address();

    /** The length of this view, in bytes; at least 1 for a block, possibly 0 for a slice. */
    long size();

    /** The byte at {@code offset}. */
    byte getByte(long offset);

    /** The 2 bytes at {@code offset}. */
    short getShort(long offset);

    /** The 4 bytes at {@code offset}. */
    int getInt(long offset);

    /** The 8 bytes at {@code offset}. */
    long getLong(long offset);

    /** Writes 1 byte at {@code offset}. */
    void putByte(long offset, byte value);

    /** Writes 2 bytes at {@code offset}. */
    void putShort(long offset, short value);

    /** Writes 4 bytes at {@code offset}. */
    void putInt(long offset, int value);

    /** Writes 8 bytes at {@code offset}. */
    void putLong(long offset, long value);

    /**
     * Copies {@code length} bytes from {@code offset} of this view to {@code target}.
     *
     * @throws IndexOutOfBoundsException if {@code targetOffset} and {@code length} do not lie in {@code target}
     */
    void read(long offset, byte[] target, int targetOffset, int length);

    /** Fills {@code target} from its position to its limit with the bytes at {@code offset}; moves its position. */
    void read(long offset, ByteBuffer target);

    /**
     * Copies {@code length} bytes of {@code source} to {@code offset} of this view. A freeze in the middle refuses the
     * rest: what was copied before it stays.
     *
     * @throws IndexOutOfBoundsException if {@code sourceOffset} and {@code length} do not lie in {@code source}
     */
    void write(long offset, byte[] source, int sourceOffset, int length);

    /**
     * Writes what {@code source} has between position and limit to {@code offset}; moves its position. A freeze in the
     * middle refuses the rest: the position then tells how far it came.
     */
    void write(long offset, ByteBuffer source);

    /** Sets {@code length} bytes from {@code offset} on to {@code value}. */
    void fill(long offset, long length, byte value);

    /**
     * Says whether devices write to the whole block of which this is a view, at any time and without passing here. While
     * they do its contents have no checksum, an image says so, and whoever inherits it inherits that, too. A block that
     * was inherited with a checksum is verified first.
     *
     * @throws KhoException {@code CORRUPT} if it is not what the image says: devices must not get it
     */
    void writtenByDevices(boolean written);

    /** A view of {@code size} bytes of this view, from {@code offset} on; it ends when this one ends. */
    Region slice(long offset, long size);

    /**
     * A read-only, little-endian buffer over {@code length} bytes from {@code offset} on, without a copy: for digests
     * and for writing to a channel. Its position is 0. What it shows after the block was freed is undefined: it is to
     * be used at once and not kept.
     */
    ByteBuffer readOnly(long offset, int length);
}
