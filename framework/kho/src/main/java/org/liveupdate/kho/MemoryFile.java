package org.liveupdate.kho;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.liveupdate.kho.image.MemoryHeader;

/**
 * The memory file: its segments, each mapped when it is first needed, and its room, reserved by writing zeros. Safe for
 * use by several threads.
 */
final class MemoryFile implements AutoCloseable {

    /** How much is written at once: what a freeze has to wait for. */
    static final int PIECE_BYTES = 1 << 20;

    private final UninterruptedFile file;
    private final WriteGate gate;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
    /** Written under this. */
    private final AtomicReferenceArray<ByteBuffer> segments =
            new AtomicReferenceArray<>((int) (MemoryOptions.MAX_LIMIT_BYTES >> Pages.SEGMENT_SHIFT));
    /** Length of the file in bytes. Written under this. */
    private volatile long length;

    MemoryFile(UninterruptedFile file, WriteGate gate) throws IOException {
        this.file = file;
        this.gate = gate;
        this.length = file.size();
    }

    Path path() {
        return file.path();
    }

    WriteGate gate() {
        return gate;
    }

    long length() {
        return length;
    }

    /**
     * Makes the file longer, without reserving room, at most to the end of the segment that is not full or the next.
     */
    synchronized void extend(long newLength) throws IOException {
        int segment = (int) (newLength - 1 >> Pages.SEGMENT_SHIFT);
        segments.set(segment, map(segment, newLength));
        length = newLength;
    }

    /** The mapping of the segment that {@code address} is in, little-endian; the offset in it is {@link #offset}. */
    ByteBuffer segment(long address) {
        int segment = (int) (address >> Pages.SEGMENT_SHIFT);
        ByteBuffer mapped = segments.get(segment);
        return mapped != null ? mapped : mapNow(segment);
    }

    static int offset(long address) {
        return (int) (address & Pages.SEGMENT_BYTES - 1);
    }

    /**
     * Writes zeros, so that there is room in the file system and the old contents are gone.
     *
     * @throws KhoException {@code NO_MEMORY} if there is no room, or if writing is refused
     */
    void reserve(long address, long bytes) {
        for (long done = 0; done < bytes; done += PIECE_BYTES) {
            int piece = (int) Math.min(PIECE_BYTES, bytes - done);
            write(zeros.slice(0, piece), address + done, bytes);
        }
    }

    /**
     * Says in the file that there are secrets in it: before there are.
     *
     * @throws KhoException as for {@link #reserve}
     */
    void markSecrets() {
        write(MemoryHeader.secrets(), 0, Pages.PAGE_BYTES);
    }

    private void write(ByteBuffer source, long address, long bytes) {
        int counter = gate.enter();
        try {
            file.write(source, address);
        } catch (IOException e) {
            throw new KhoException(KhoException.Reason.NO_MEMORY, path() + ": no room for " + bytes
                    + " bytes of handover memory (" + e.getMessage() + "): make room, or use another directory", e);
        } finally {
            gate.leave(counter);
        }
    }

    /** Makes all that was written durable. */
    void force() throws IOException {
        file.force();
    }

    /** Overwrites the file if there ever were secret blocks in it; it may be closed. */
    void eraseSecrets() throws IOException {
        file.eraseSecrets();
    }

    /** Deletes the file; it may be closed. */
    void delete() throws IOException {
        file.delete();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private synchronized ByteBuffer mapNow(int segment) {
        ByteBuffer mapped = segments.get(segment);
        if (mapped == null) {
            try {
                requireWhole();
                mapped = map(segment, length);
            } catch (IOException e) {
                throw new KhoException(KhoException.Reason.NO_MEMORY, path() + ": segment " + segment
                        + " of handover memory cannot be mapped (" + e.getMessage() + ")", e);
            }
            segments.set(segment, mapped);
        }
        return mapped;
    }

    /** Mapping a file that somebody truncated would make it longer again, and zeros of what was lost. */
    private void requireWhole() throws IOException {
        long found = file.size();
        if (found < length) {
            throw new IOException(
                    "it was truncated from " + length + " to " + found + " bytes: what was in it is lost");
        }
    }

    private ByteBuffer map(int segment, long end) throws IOException {
        long start = (long) segment << Pages.SEGMENT_SHIFT;
        return file.map(start, (int) Math.min(Pages.SEGMENT_BYTES, end - start));
    }
}
