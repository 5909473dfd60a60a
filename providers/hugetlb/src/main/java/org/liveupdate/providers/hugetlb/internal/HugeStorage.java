package org.liveupdate.providers.hugetlb.internal;

import java.nio.ByteBuffer;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Storage;

/** The bytes of a huge memfd: whole pages, each of them counted in the pool. Guarded by the file's custody. */
final class HugeStorage implements Storage {

    private final HugeRun run;
    private final PageSize pageSize;
    private final PageCounts counts;
    /** False while the incoming FLB counts the pages, or another provider. */
    private boolean counted;

    private HugeStorage(HugeRun run, PageSize pageSize, PageCounts counts, boolean counted) {
        this.run = run;
        this.pageSize = pageSize;
        this.counts = counts;
        this.counted = counted;
    }

    /** Pages that were taken from the pool. */
    static HugeStorage taken(HugeRun run, PageSize pageSize, PageCounts counts) {
        return new HugeStorage(run, pageSize, counts, true);
    }

    /** Pages that the incoming FLB counts, until {@link #adopt()}. */
    static HugeStorage inherited(HugeRun run, PageSize pageSize, PageCounts counts) {
        return new HugeStorage(run, pageSize, counts, false);
    }

    HugeRun run() {
        return run;
    }

    PageSize pageSize() {
        return pageSize;
    }

    /** From now on the pool counts the pages. */
    void adopt() {
        counts.adopt(pageSize, run.pages());
        counted = true;
    }

    @Override
    public long size() {
        return run.pages() * pageSize.bytes();
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        run.read(offset, target);
    }

    @Override
    public int write(long offset, ByteBuffer source) throws ByteFileException {
        long room = size() - offset;
        if (room <= 0) {
            throw new ByteFileException(Errno.ENOSPC,
                    "a file on huge pages does not grow by writing: it has " + size()
                            + " bytes; truncate it to a larger size");
        }
        int start = source.position();
        int limit = source.limit();
        source.limit((int) Math.min(limit, start + room));
        try {
            run.write(offset, source);
        } catch (KhoException e) {
            if (source.position() == start) {
                throw e;
            }
        } finally {
            source.limit(limit);
        }
        return source.position() - start;
    }

    @Override
    public void resize(long size) throws ByteFileException {
        if (size % pageSize.bytes() != 0) {
            throw new ByteFileException(Errno.EINVAL,
                    "size of a file on huge pages: expected a multiple of " + pageSize.bytes() + " bytes, found "
                            + size);
        }
        long before = run.pages();
        long after = size / pageSize.bytes();
        if (after > before) {
            counts.take(pageSize, after - before);
        }
        try {
            run.resize(after);
        } finally {
            counts.giveBack(pageSize, Math.max(before, after) - run.pages());
        }
    }

    @Override
    public List<Extent> extents(long offset, long length) throws ByteFileException {
        return run.extents(offset, length);
    }

    @Override
    public void writtenByDevices(List<Extent> ranges) {
        run.writtenByDevices(ranges);
    }

    @Override
    public View view() {
        return run.view();
    }

    /** The next provider counts the pages; it may be this one again, when the other one fails. */
    @Override
    public void leave() {
        run.leave();
        if (counted) {
            counts.giveBack(pageSize, run.pages());
            counted = false;
        }
    }

    @Override
    public void free() {
        long pages = run.pages();
        try {
            run.free();
        } finally {
            if (counted) {
                counts.giveBack(pageSize, pages - run.pages());
            }
        }
    }
}
