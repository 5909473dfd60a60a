package org.liveupdate.providers.hugetlb.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Blocks;
import org.liveupdate.providers.api.support.Storage;
import org.liveupdate.providers.api.support.Vmalloc;

/** Huge pages as blocks of handover memory: the model of those that the kernel would give. */
final class OrdinaryRun implements HugeRun {

    static final String BACKING = "ordinary pages of handover memory";

    private final Pool pool;
    private final PageSize pageSize;
    private final Blocks blocks = new Blocks();

    /** No pages yet; they will come from {@code pool}. */
    OrdinaryRun(Pool pool, PageSize pageSize) {
        this.pool = pool;
        this.pageSize = pageSize;
    }

    /** Appends a page that is there already. */
    void add(Region page) {
        blocks.add(page);
    }

    @Override
    public String backing() {
        return BACKING;
    }

    @Override
    public long pages() {
        return blocks.capacity() / pageSize.bytes();
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        blocks.read(offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        blocks.write(offset, source);
    }

    @Override
    public void resize(long pages) throws ByteFileException {
        long before = pages();
        try {
            while (pages() < pages) {
                blocks.add(pool.allocate(pageSize.bytes()));
            }
        } catch (KhoException e) {
            freeDownTo(before);
            if (e.reason() != KhoException.Reason.NO_MEMORY) {
                throw e;
            }
            throw new ByteFileException(Errno.ENOMEM, "no " + pages + " pages of " + pageSize + ": " + e.getMessage());
        }
        freeDownTo(pages);
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
    public Storage.View view() {
        return blocks.view(blocks.capacity());
    }

    @Override
    public void free() {
        freeDownTo(0);
    }

    private void freeDownTo(long pages) {
        while (pages() > pages) {
            pool.free(blocks.last().address());
            blocks.removeLast();
        }
    }

    @Override
    public void preserve(Scope scope, Region header, String epoch) {
        List<Region> pages = blocks.list();
        ByteBuffer array = ByteBuffer.allocate(pages.size() * HugeFolioLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long index = 0;
        for (Region page : pages) {
            scope.preserve(page.address());
            HugeFolioLayout.write(array, page.address(), index << pageSize.order());
            index++;
        }
        header.putLong(HugeMemfdLayout.FOLIOS_OFFSET, pages.size());
        Vmalloc.preserve(scope, array.flip(), header, HugeMemfdLayout.FOLIO_ARRAY_OFFSET);
    }

    @Override
    public void unpreserve(Scope scope) {
        blocks.list().forEach(page -> scope.unpreserve(page.address()));
    }

    /** Nothing to do: the core ends all views of the blocks. */
    @Override
    public void leave() {}

    /** Nothing to do: the core makes what was restored ordinary. */
    @Override
    public void finished() {}
}
