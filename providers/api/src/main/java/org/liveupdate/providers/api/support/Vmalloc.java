package org.liveupdate.providers.api.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/**
 * Arrays of any length in preserved memory, in single pages ({@code kho_preserve_vmalloc}, {@code kho_restore_vmalloc}).
 * The pages are the scope's metadata: they are not restored, only read, and freed with the rest of the scope.
 */
public final class Vmalloc {

    /** How long a descriptor is, in bytes. */
    public static final int DESCRIPTOR_BYTES = 16;

    private Vmalloc() {}

    /**
     * Copies an array into the scope.
     *
     * @param scope where pages come from
     * @param contents from its position to its limit; may be empty
     * @param target receives the descriptor
     * @param offset where in {@code target}, in bytes
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    public static void preserve(Scope scope, ByteBuffer contents, Region target, long offset) {
        int pages = pages(contents.remaining());
        Region link = target;
        long linkOffset = offset + VmallocLayout.FIRST_CHUNK_OFFSET;
        for (int page = 0; page < pages; page++) {
            int inChunk = page % VmallocLayout.CHUNK_PAGES;
            if (inChunk == 0) {
                Region chunk = scope.allocPreserve(VmallocLayout.PAGE_BYTES);
                link.putLong(linkOffset, chunk.address());
                link = chunk;
                linkOffset = VmallocLayout.CHUNK_NEXT_OFFSET;
            }
            link.putLong(VmallocLayout.chunkPageOffset(inChunk), copyPage(scope, contents).address());
        }
        target.putInt(offset + VmallocLayout.TOTAL_PAGES_OFFSET, pages);
        target.putShort(offset + VmallocLayout.FLAGS_OFFSET, pages == 0 ? 0 : VmallocLayout.FLAG_ALLOC);
        target.putShort(offset + VmallocLayout.ORDER_OFFSET, (short) 0);
    }

    /**
     * Reads an array back. Nothing is believed: not the length, not that the chain of chunks ends.
     *
     * @param scope whose pages they have to be
     * @param source has the descriptor
     * @param offset where in {@code source}, in bytes
     * @param length how long the array has to be, in bytes
     * @return a little-endian copy, position 0, limit {@code length}
     * @throws LiveUpdateException {@code EINVAL} if there is no such array in this scope
     */
    public static ByteBuffer read(Scope scope, Region source, long offset, long length) throws LiveUpdateException {
        int pages = source.getInt(offset + VmallocLayout.TOTAL_PAGES_OFFSET);
        if (length < 0 || pages < 0 || pages > scope.pages() || length > (long) pages * VmallocLayout.PAGE_BYTES
                || length <= (pages - 1L) * VmallocLayout.PAGE_BYTES
                || length > Integer.MAX_VALUE - VmallocLayout.PAGE_BYTES) {
            throw invalid(scope, "expected " + length + " bytes, found " + pages + " pages");
        }
        if (source.getShort(offset + VmallocLayout.FLAGS_OFFSET) != (pages == 0 ? 0 : VmallocLayout.FLAG_ALLOC)
                || source.getShort(offset + VmallocLayout.ORDER_OFFSET) != 0) {
            throw invalid(scope, "found unknown flags or another order than 0");
        }
        ByteBuffer contents = ByteBuffer.allocate(pages * VmallocLayout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try {
            readChain(scope, source.getLong(offset + VmallocLayout.FIRST_CHUNK_OFFSET), contents);
        } catch (KhoException e) {
            throw invalid(scope, e.getMessage());
        }
        return contents.flip().limit((int) length);
    }

    private static void readChain(Scope scope, long first, ByteBuffer contents) {
        Region chunk = null;
        long next = first;
        for (int page = 0; contents.hasRemaining(); page++) {
            int inChunk = page % VmallocLayout.CHUNK_PAGES;
            if (inChunk == 0) {
                chunk = scope.region(next);
                next = chunk.getLong(VmallocLayout.CHUNK_NEXT_OFFSET);
            }
            int end = contents.position() + VmallocLayout.PAGE_BYTES;
            Region block = scope.region(chunk.getLong(VmallocLayout.chunkPageOffset(inChunk)));
            block.read(0, contents.limit(end));
            contents.limit(contents.capacity());
        }
    }

    private static Region copyPage(Scope scope, ByteBuffer contents) {
        Region block = scope.allocPreserve(VmallocLayout.PAGE_BYTES);
        int limit = contents.limit();
        contents.limit(Math.min(limit, contents.position() + VmallocLayout.PAGE_BYTES));
        block.write(0, contents);
        contents.limit(limit);
        return block;
    }

    private static int pages(int bytes) {
        return (bytes + VmallocLayout.PAGE_BYTES - 1) / VmallocLayout.PAGE_BYTES;
    }

    private static LiveUpdateException invalid(Scope scope, String found) {
        return new LiveUpdateException(Errno.EINVAL, "preserved array of " + scope.owner() + ": " + found);
    }
}
