package org.liveupdate.providers.kvm.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Storage;

/**
 * The bytes of guest memory: pages that are there, holes between them that read as zeros, and pages that are bad. Guarded by
 * the file's custody.
 */
final class GuestStorage implements Storage {

    private final long size;
    private final GuestPages pages;
    private final Set<Long> bad = new TreeSet<>();
    private boolean fixed;

    GuestStorage(long size, GuestPages pages) {
        this.size = size;
        this.pages = pages;
    }

    GuestPages pages() {
        return pages;
    }

    /** The page that a byte is in is bad. */
    void poison(long offset) {
        bad.add(offset / pages.pageBytes());
    }

    /** The numbers of bad pages; a copy. */
    Set<Long> bad() {
        return Set.copyOf(bad);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void fixed(boolean nowFixed) {
        fixed = nowFixed;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ByteFileException {
        for (long at = offset; target.hasRemaining();) {
            checkGood(at);
            int length = inPage(at, target.remaining());
            Region page = pages.find(at / pages.pageBytes());
            if (page == null) {
                target.put(new byte[length]);
            } else {
                int limit = target.limit();
                try {
                    page.read(at % pages.pageBytes(), target.limit(target.position() + length));
                } finally {
                    target.limit(limit);
                }
            }
            at += length;
        }
    }

    /** All of it, or as much as there was room and memory for. */
    @Override
    public int write(long offset, ByteBuffer source) throws ByteFileException {
        if (offset >= size) {
            throw new ByteFileException(Errno.ENOSPC, "guest memory does not grow: it has " + size + " bytes");
        }
        int start = source.position();
        int limit = source.limit();
        long end = Math.min(size, offset + source.remaining());
        try {
            for (long at = offset; at < end;) {
                int length = inPage(at, (int) (end - at));
                source.limit(source.position() + length);
                writable(at).write(at % pages.pageBytes(), source);
                at += length;
            }
        } catch (KhoException | ByteFileException e) {
            if (source.position() == start) {
                throw e;
            }
        } finally {
            source.limit(limit);
        }
        return source.position() - start;
    }

    private int inPage(long offset, int length) {
        return (int) Math.min(length, pages.pageBytes() - offset % pages.pageBytes());
    }

    private Region writable(long offset) throws ByteFileException {
        checkGood(offset);
        long number = offset / pages.pageBytes();
        Region page = pages.find(number);
        if (page != null) {
            return page;
        }
        if (fixed) {
            throw new ByteFileException(Errno.EPERM, "page " + number
                    + " of guest memory is not there, and while it is preserved no page is added");
        }
        return pages.allocate(number);
    }

    private void checkGood(long offset) throws ByteFileException {
        if (!bad.isEmpty() && bad.contains(offset / pages.pageBytes())) {
            throw poisoned(offset / pages.pageBytes());
        }
    }

    private static ByteFileException poisoned(long number) {
        return new ByteFileException(Errno.EHWPOISON,
                "page " + number + " of guest memory is bad: the hardware reported it");
    }

    @Override
    public void resize(long newSize) throws ByteFileException {
        throw new ByteFileException(Errno.EINVAL,
                "guest memory has the size that it was created with: " + size + " bytes");
    }

    @Override
    public List<Extent> extents(long offset, long length) throws ByteFileException {
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        for (long at = offset; at < end;) {
            Region page = writable(at);
            long start = at % pages.pageBytes();
            long piece = Math.min(end - at, pages.pageBytes() - start);
            extents.add(new Extent(at, page.address() + start, piece));
            at += piece;
        }
        return extents;
    }

    @Override
    public View view() {
        TreeMap<Long, Region> shown = new TreeMap<>();
        pages.forEach(shown::put);
        Set<Long> unreadable = bad();
        int pageBytes = (int) pages.pageBytes();
        return visitor -> {
            for (long number = 0; number * pageBytes < size; number++) {
                if (unreadable.contains(number)) {
                    throw poisoned(number);
                }
                Region page = shown.get(number);
                visitor.bytes(page == null
                        ? ByteBuffer.allocate(pageBytes).asReadOnlyBuffer()
                        : page.readOnly(0, pageBytes));
            }
        };
    }

    @Override
    public void leave() {
        pages.leave();
    }

    @Override
    public void free() {
        pages.free();
    }
}
