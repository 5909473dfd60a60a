package org.liveupdate.providers.api.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.ByteVisitor;
import org.liveupdate.providers.api.memory.Extent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the bytes of one file are. Called by its {@link Custody}: methods that change something never overlap with
 * anything, so an implementation needs no lock. Arguments have been checked, except against what is said here.
 *
 * <p>{@link org.liveupdate.kho.KhoException} may be thrown by every method; the caller translates it.
 */
@ConsumerType
public interface Storage {

    /** How many bytes there are. */
    long size();

    /**
     * Fills {@code target} from its position to its limit.
     *
     * @param offset in bytes; {@code offset} plus what {@code target} has room for is at most {@link #size()}
     * @throws ByteFileException if the bytes cannot be read
     */
    void read(long offset, ByteBuffer target) throws ByteFileException;

    /**
     * Writes what {@code source} has, growing if it can.
     *
     * @param offset in bytes, possibly behind the end
     * @param source has at least one byte; its position moves
     * @return how many bytes were written, at least one
     * @throws ByteFileException if not even one byte could be written; nothing has changed
     */
    int write(long offset, ByteBuffer source) throws ByteFileException;

    /**
     * Sets the size; new bytes are zero.
     *
     * @param size in bytes, not the present one
     * @throws ByteFileException nothing has changed
     */
    void resize(long size) throws ByteFileException;

    /**
     * The file is preserved or retrieved: the memory that it has is recorded, and no more can be added; or that is over.
     */
    default void fixed(boolean fixed) {}

    /**
     * The bytes as they are arranged now. Used without a lock, while nothing that it shows is freed.
     *
     * @return not null
     */
    View view();

    /**
     * Where a range is in handover memory. It stays there until {@link #free()}, or until {@link #resize} cuts it off.
     *
     * @param offset in bytes
     * @param length in bytes, at least 1; the range is inside the file
     * @return in order, without a gap
     * @throws ByteFileException {@code EOPNOTSUPP} if the bytes are somewhere else
     */
    default List<Extent> extents(long offset, long length) throws ByteFileException {
        throw new ByteFileException(Errno.EOPNOTSUPP,
                "only bytes in handover memory can be pinned, and these are somewhere else");
    }

    /**
     * Says where devices may write from now on: they change bytes without passing here, so that no checksum holds.
     *
     * @param ranges all of them, from {@link #extents}
     */
    default void writtenByDevices(List<Extent> ranges) {}

    /** Frees everything: the last call, repeated later if the memory is frozen. */
    void free();

    /**
     * The provider leaves and somebody else gets the bytes: the last call, instead of {@link #free()}. Nothing is touched
     * once this returns, not by a view that is in use either; a view says so by a {@link org.liveupdate.kho.KhoException}.
     * Views of handover memory end by themselves.
     */
    default void leave() {}

    /** All bytes of a file, in order. */
    @ConsumerType
    @FunctionalInterface
    interface View {

        /**
         * Shows them.
         *
         * @param visitor gets read-only pieces of 1 byte to 1 GiB
         * @throws IOException what the visitor throws
         */
        void visit(ByteVisitor visitor) throws IOException;
    }
}
