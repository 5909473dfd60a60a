package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.hardware.PageTableLayout;

/**
 * The page tables of one domain. Large aligned ranges get large entries. Tables that become empty stay until all are freed.
 * Guarded by the lock of {@link Iommu}.
 */
final class PageTable {

    private final TablePages pages;
    private final TableSet tables;
    private final long top;

    private PageTable(TablePages pages, TableSet tables, long top) {
        this.pages = pages;
        this.tables = tables;
        this.top = top;
    }

    /** Without mappings. */
    static PageTable create(TablePages pages) {
        TableSet tables = new TableSet(pages);
        return new PageTable(pages, tables, tables.allocate().address());
    }

    /**
     * The page tables that were preserved in {@code scope}. Their pages are restored.
     *
     * @throws UntrustedException if they make no sense
     * @throws KhoException if a table is not preserved there, twice in the tree, or corrupt
     */
    static PageTable restore(TablePages pages, Scope scope, long top, String name) throws UntrustedException {
        PageTable table = new PageTable(pages, new TableSet(pages, scope), top);
        table.restore(top, PageTableLayout.TOP_LEVEL, name);
        return table;
    }

    private void restore(long address, int level, String name) throws UntrustedException {
        Region table = tables.restore(address);
        for (int offset = 0; level > 0 && offset < PageTableLayout.PAGE_BYTES; offset += Long.BYTES) {
            long entry = table.getLong(offset);
            if (PageTableLayout.isPresent(entry)) {
                if (!PageTableLayout.isLeaf(entry, level)) {
                    restore(PageTableLayout.address(entry), level - 1, name);
                } else if (level > PageTableLayout.MAX_LEAF_LEVEL) {
                    throw new UntrustedException(name, "an entry at level " + level + " refers to memory");
                }
            }
        }
    }

    /** Address of the table at the top. */
    long top() {
        return top;
    }

    /** Its pages. */
    TableSet tables() {
        return tables;
    }

    /**
     * Maps a range where nothing is mapped; all multiples of 4096.
     *
     * @throws KhoException if there is no memory for a table, or it is frozen; then nothing is mapped
     */
    void map(long iova, long address, long length, boolean writable) {
        long done = 0;
        try {
            while (done < length) {
                done += mapOne(iova + done, address + done, length - done, writable);
            }
        } catch (KhoException e) {
            unmap(iova, done);
            throw e;
        }
    }

    private long mapOne(long iova, long address, long length, boolean writable) {
        Region table = pages.page(top);
        for (int level = PageTableLayout.TOP_LEVEL;; level--) {
            int offset = PageTableLayout.offset(iova, level);
            long entry = table.getLong(offset);
            long span = PageTableLayout.span(level);
            if (!PageTableLayout.isPresent(entry)) {
                if (level <= PageTableLayout.MAX_LEAF_LEVEL && length >= span && ((iova | address) & span - 1) == 0) {
                    table.putLong(offset, PageTableLayout.leaf(address, level, writable));
                    return span;
                }
                entry = PageTableLayout.table(tables.allocate().address());
                table.putLong(offset, entry);
            }
            table = pages.page(PageTableLayout.address(entry));
        }
    }

    /** Unmaps what is mapped in a range; an entry is either in it or not. */
    void unmap(long iova, long length) {
        for (long done = 0; done < length;) {
            Leaf leaf = leaf(iova + done);
            if (leaf.isPresent()) {
                leaf.table.putLong(leaf.offset, 0);
            }
            done += leaf.rest;
        }
    }

    /** Whether a range leads to these addresses, and to nothing else. */
    boolean maps(long iova, long address, long length, boolean writable) {
        for (long done = 0; done < length;) {
            Leaf leaf = leaf(iova + done);
            long found = PageTableLayout.address(leaf.entry) + PageTableLayout.span(leaf.level) - leaf.rest;
            boolean mayWrite = (leaf.entry & PageTableLayout.WRITE) != 0;
            if (!leaf.isPresent() || found != address + done || mayWrite != writable || leaf.rest > length - done) {
                return false;
            }
            done += leaf.rest;
        }
        return true;
    }

    /** How many bytes are mapped altogether. */
    long mappedBytes() {
        return mappedBytes(top, PageTableLayout.TOP_LEVEL);
    }

    private long mappedBytes(long address, int level) {
        long bytes = 0;
        Region table = pages.page(address);
        for (int offset = 0; offset < PageTableLayout.PAGE_BYTES; offset += Long.BYTES) {
            long entry = table.getLong(offset);
            if (PageTableLayout.isPresent(entry)) {
                bytes += PageTableLayout.isLeaf(entry, level)
                        ? PageTableLayout.span(level)
                        : mappedBytes(PageTableLayout.address(entry), level - 1);
            }
        }
        return bytes;
    }

    /**
     * The last entry on the way of an address.
     *
     * @param rest how many bytes it stands for, from that address on
     */
    private record Leaf(Region table, int offset, long entry, int level, long rest) {
        boolean isPresent() {
            return PageTableLayout.isPresent(entry);
        }
    }

    private Leaf leaf(long iova) {
        Region table = pages.page(top);
        for (int level = PageTableLayout.TOP_LEVEL;; level--) {
            int offset = PageTableLayout.offset(iova, level);
            long entry = table.getLong(offset);
            if (!PageTableLayout.isPresent(entry) || PageTableLayout.isLeaf(entry, level)) {
                long span = PageTableLayout.span(level);
                return new Leaf(table, offset, entry, level, span - (iova & span - 1));
            }
            table = pages.page(PageTableLayout.address(entry));
        }
    }
}
