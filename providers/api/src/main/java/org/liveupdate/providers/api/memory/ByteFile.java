package org.liveupdate.providers.api.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file of bytes in memory, with a size and a position.
 *
 * <p>It can be preserved in a session over a live update. While it is (from {@code preserve} to {@code unpreserve}, or in
 * the successor to {@code finish}) its size is fixed: writing inside it works, growing and truncating is {@code EPERM}.
 * Closing it then is legal: the session holds the file, and the bytes go when the last of the two lets go.
 *
 * <p>Safe for use by several threads: each call sees the effects of whole earlier calls only. No argument may be null.
 * Offsets, sizes and positions are in bytes, and never negative ({@code EINVAL}).
 *
 * <p>Every {@link IOException} is a {@link ByteFileException}, except what a visitor throws: {@code EBADF} after close ·
 * {@code EPERM} the size is fixed · {@code EBUSY} changes are refused because a live update is under way, or the file is to
 * be shortened while it is visited · {@code ENODEV} the provider that served the file has left · {@code ENOMEM} no memory
 * is left for a larger file · {@code EFBIG} larger than any file can be.
 *
 * <p>When the provider of a preserved or retrieved file is replaced, another object stands for the file, with the same
 * bytes, size and position, and whoever had the file open has it open still: by the new object. The session has it:
 * {@link org.liveupdate.api.Session#open}, which also keeps the provider from being replaced for a while. The old object
 * is {@code ENODEV} for good, and closing it does nothing.
 */
@ProviderType
public interface ByteFile extends AutoCloseable {

    /**
     * The name it was created with, for people: it identifies nothing, and does not survive a live update.
     *
     * @return never null; in the successor a name that the provider made up
     */
    String name();

    /** How many bytes the file has. */
    long size() throws IOException;

    /** Where the next {@link #read(ByteBuffer)} or {@link #write(ByteBuffer)} begins; possibly behind the end. */
    long position() throws IOException;

    /** Moves the position; behind the end is legal and does not grow the file. */
    void position(long position) throws IOException;

    /**
     * Reads at the position, and moves it.
     *
     * @param target filled from its position to its limit, or as far as the file goes
     * @return how many bytes, or -1 if there is room in {@code target} and the position is at the end or behind it
     */
    int read(ByteBuffer target) throws IOException;

    /** Like {@link #read(ByteBuffer)}, at {@code position}; the file's own position is neither used nor moved. */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * Writes at the position, and moves it. Bytes between the old end and the first byte written become zero.
     *
     * @param source what it has from its position to its limit is written; its position moves
     * @return how many bytes; fewer than {@code source} had only if the rest was refused: the next call says why
     */
    int write(ByteBuffer source) throws IOException;

    /** Like {@link #write(ByteBuffer)}, at {@code position}; the file's own position is neither used nor moved. */
    int write(long position, ByteBuffer source) throws IOException;

    /**
     * Sets the size. A shorter file loses its end for good, a longer one gets zeros; the position does not move.
     *
     * @param size the new size; the present one changes nothing and is never refused
     */
    void truncate(long size) throws IOException;

    /**
     * Shows all bytes in order, without a copy where that is safe: for digests, and for writing to a channel. Meanwhile
     * the file can be used, by the visitor too: what is written may be seen or not, and shortening is {@code EBUSY}.
     *
     * @param visitor called in this thread, once for each piece; not at all for an empty file
     */
    void visit(ByteVisitor visitor) throws IOException;

    /** Lets go of the file. Its bytes are freed unless a session holds it. Closing twice does nothing. */
    @Override
    void close();
}
