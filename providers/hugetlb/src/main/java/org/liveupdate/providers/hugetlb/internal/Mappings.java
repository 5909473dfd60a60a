package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.liveupdate.kho.KhoException;

/**
 * The mapped bytes of one file on hugetlbfs. Once they have ended nothing is touched any more: somebody else may cut the
 * file then, and touching a page that is cut off kills the JVM. Thread safe.
 */
final class Mappings {

    /** How much one mapping covers: a multiple of every page size. */
    private static final int BYTES_EACH = 1 << 30;

    /** Shared while bytes are touched, exclusive to forbid that. */
    private final ReadWriteLock touching = new ReentrantReadWriteLock();
    /** The last one may be shorter; null in the end. Guarded by {@link #touching}. */
    private List<ByteBuffer> buffers = List.of();

    /** Maps that many bytes of a file, which grows if needed; mapping reserves the pages: touching them cannot fail. */
    void map(FileChannel channel, long size) throws IOException {
        List<ByteBuffer> mapped = new ArrayList<>();
        for (long start = 0; start < size; start += BYTES_EACH) {
            mapped.add(channel.map(MapMode.READ_WRITE, start, Math.min(BYTES_EACH, size - start)));
        }
        replace(mapped);
    }

    /** Nothing is mapped; more can be later. */
    void clear() {
        replace(List.of());
    }

    private void replace(List<ByteBuffer> mapped) {
        touching.writeLock().lock();
        try {
            if (buffers != null) {
                buffers = mapped;
            }
        } finally {
            touching.writeLock().unlock();
        }
    }

    /** Nobody touches anything once this returns. */
    void end() {
        touching.writeLock().lock();
        try {
            buffers = null;
        } finally {
            touching.writeLock().unlock();
        }
    }

    /**
     * Fills {@code target}.
     *
     * @throws KhoException {@code NOT_ALLOCATED} if the mappings have ended
     */
    void read(long offset, ByteBuffer target) {
        touch(offset, target, (mapping, start, length) -> {
            target.put(target.position(), mapping, start, length);
            target.position(target.position() + length);
        });
    }

    /** Writes what {@code source} has; throws as {@link #read}. */
    void write(long offset, ByteBuffer source) {
        touch(offset, source, (mapping, start, length) -> {
            mapping.put(start, source, source.position(), length);
            source.position(source.position() + length);
        });
    }

    @FunctionalInterface
    private interface Copy {
        void bytes(ByteBuffer mapping, int start, int length);
    }

    private void touch(long offset, ByteBuffer other, Copy copy) {
        touching.readLock().lock();
        try {
            if (buffers == null) {
                throw new KhoException(KhoException.Reason.NOT_ALLOCATED,
                        "a file on hugetlbfs has another provider now: open it again in its session");
            }
            for (long at = offset; other.hasRemaining();) {
                ByteBuffer mapping = buffers.get((int) (at / BYTES_EACH));
                int start = (int) (at % BYTES_EACH);
                int length = Math.min(other.remaining(), mapping.capacity() - start);
                copy.bytes(mapping, start, length);
                at += length;
            }
        } finally {
            touching.readLock().unlock();
        }
    }
}
