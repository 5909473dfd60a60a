package org.liveupdate.providers.memfd.internal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Blocks;
import org.liveupdate.providers.api.support.Storage;

/**
 * The bytes of a memfd: blocks of handover memory, and room for more in the last ones.
 *
 * <p>Bytes behind the size are zero, always: new blocks are, and whoever shortens the file clears what it leaves. So
 * growing shows zeros, also after a handover, without anything to remember.
 */
final class BlockStorage implements Storage {

    private final Pool pool;
    private final Blocks blocks = new Blocks();
    private long size;

    /** No bytes yet; blocks will come from {@code pool}. */
    BlockStorage(Pool pool) {
        this.pool = pool;
    }

    /** Bytes that are there already: {@code size} of them in {@code blocks}, in order. */
    BlockStorage(Pool pool, List<Region> blocks, long size) {
        this(pool);
        blocks.forEach(this.blocks::add);
        this.size = size;
    }

    /** The blocks in order, a copy. */
    List<Region> blocks() {
        return blocks.list();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        blocks.read(offset, target);
    }

    /** All of it, or as much as was copied when the memory was frozen. */
    @Override
    public int write(long offset, ByteBuffer source) {
        int start = source.position();
        long end = offset + source.remaining();
        grow(end, missing -> BlockSizes.growing(missing, blocks.capacity()));
        try {
            blocks.write(offset, source);
        } catch (KhoException e) {
            if (source.position() == start) {
                throw e;
            }
        }
        int written = source.position() - start;
        size = Math.max(size, offset + written);
        return written;
    }

    /** All of it; or, when the memory is frozen meanwhile, a part of the end is gone and the rest is refused. */
    @Override
    public void resize(long newSize) {
        if (newSize > size) {
            grow(newSize, BlockSizes::exact);
        } else {
            shrink(newSize);
        }
        size = newSize;
    }

    @Override
    public View view() {
        return blocks.view(size);
    }

    @Override
    public List<Extent> extents(long offset, long length) {
        return blocks.extents(offset, length);
    }

    @Override
    public void writtenByDevices(List<Extent> ranges) {
        blocks.writtenByDevices(ranges);
    }

    @Override
    public void free() {
        size = 0;
        freeDownTo(0);
    }

    /** All or nothing. */
    private void grow(long end, LongUnaryOperator blockSize) {
        long before = blocks.capacity();
        try {
            while (blocks.capacity() < end) {
                blocks.add(allocate(blockSize.applyAsLong(end - blocks.capacity())));
            }
        } catch (KhoException e) {
            freeDownTo(before);
            throw e;
        }
    }

    /** A block of that size, or of half that size, and so on, if free memory is in small pieces only. */
    private Region allocate(long bytes) {
        try {
            return pool.allocate(bytes);
        } catch (KhoException e) {
            if (e.reason() != KhoException.Reason.NO_MEMORY || bytes == BlockSizes.PAGE_BYTES) {
                throw e;
            }
            return allocate(bytes / 2);
        }
    }

    private void shrink(long newSize) {
        while (blocks.capacity() > 0 && blocks.capacity() - blocks.last().size() >= newSize) {
            freeLast();
            size = Math.min(size, blocks.capacity());
        }
        if (newSize < size) {
            blocks.clearInBlock(newSize, size);
        }
    }

    private void freeDownTo(long capacity) {
        while (blocks.capacity() > capacity) {
            freeLast();
        }
    }

    private void freeLast() {
        pool.free(blocks.last().address());
        blocks.removeLast();
    }
}
