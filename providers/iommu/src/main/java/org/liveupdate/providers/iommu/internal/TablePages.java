package org.liveupdate.providers.iommu.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.hardware.PageTableLayout;
import org.liveupdate.providers.api.hardware.TableReader;

/** All pages of handover memory that hold translation tables, by address. Thread safe. */
final class TablePages implements TableReader {

    private final Map<Long, Region> pages = new ConcurrentHashMap<>();
    /** Null before this generation is in charge. */
    private volatile Pool pool;

    /** Where new pages come from. */
    void pool(Pool where) {
        pool = where;
    }

    /** A new page of zeros, in the pool. */
    Region allocate() {
        Region page = pool.allocate(PageTableLayout.PAGE_BYTES);
        pages.put(page.address(), page);
        return page;
    }

    /** Frees a page that is in the pool. */
    void free(long address) {
        pool.free(address);
        pages.remove(address);
    }

    /** A page that was restored. */
    void add(Region page) {
        pages.put(page.address(), page);
    }

    /** The page belongs to somebody else now. */
    void forget(long address) {
        pages.remove(address);
    }

    /**
     * The page at an address.
     *
     * @throws IndexOutOfBoundsException if there is no table
     */
    Region page(long address) {
        Region page = pages.get(address);
        if (page == null) {
            throw new IndexOutOfBoundsException("no table at 0x" + Long.toHexString(address));
        }
        return page;
    }

    @Override
    public long entry(long address) {
        long offset = address & PageTableLayout.PAGE_BYTES - 1;
        try {
            return page(address - offset).getLong(offset);
        } catch (KhoException e) {
            throw new IndexOutOfBoundsException(e.getMessage());
        }
    }
}
