package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.hardware.ContextTableLayout;
import org.liveupdate.providers.api.hardware.PageTableLayout;

/** Which device translates through which page table: root table and context tables. Guarded by the lock of {@link Iommu}. */
final class RootTable {

    private final TablePages pages;
    private final TableSet tables;
    private final Region root;

    private RootTable(TablePages pages, TableSet tables, Region root) {
        this.pages = pages;
        this.tables = tables;
        this.root = root;
    }

    /** Without devices. */
    static RootTable create(TablePages pages) {
        TableSet tables = new TableSet(pages);
        return new RootTable(pages, tables, tables.allocate());
    }

    /**
     * The tables that were preserved in {@code scope}. Their pages are restored.
     *
     * @throws KhoException if a table is not preserved there, twice in the tree, or corrupt
     */
    static RootTable restore(TablePages pages, Scope scope, long address) {
        TableSet tables = new TableSet(pages, scope);
        Region root = tables.restore(address);
        for (int offset = 0; offset < PageTableLayout.PAGE_BYTES; offset += ContextTableLayout.ENTRY_BYTES) {
            long entry = root.getLong(offset);
            if (ContextTableLayout.isPresent(entry)) {
                tables.restore(ContextTableLayout.address(entry));
            }
        }
        return new RootTable(pages, tables, root);
    }

    /** For the IOMMU's register. */
    long address() {
        return root.address();
    }

    /** Its pages. */
    TableSet tables() {
        return tables;
    }

    /** From now on the device translates through a page table. */
    void attach(int bdf, long pageTable, int domain) {
        long bus = root.getLong(ContextTableLayout.rootOffset(bdf));
        if (!ContextTableLayout.isPresent(bus)) {
            bus = ContextTableLayout.root(tables.allocate().address());
            root.putLong(ContextTableLayout.rootOffset(bdf), bus);
        }
        Region context = pages.page(ContextTableLayout.address(bus));
        int offset = ContextTableLayout.contextOffset(bdf);
        context.putLong(offset + ContextTableLayout.DOMAIN_OFFSET, domain);
        context.putLong(offset, ContextTableLayout.context(pageTable));
    }

    /** From now on all accesses of the device fault. */
    void detach(int bdf) {
        Region context = context(bdf);
        if (context != null) {
            context.putLong(ContextTableLayout.contextOffset(bdf), 0);
        }
    }

    /** The address of the device's page table; 0 if it has none. */
    long pageTable(int bdf) {
        Region context = context(bdf);
        long entry = context == null ? 0 : context.getLong(ContextTableLayout.contextOffset(bdf));
        return ContextTableLayout.isPresent(entry) ? ContextTableLayout.address(entry) : 0;
    }

    /** The number of the domain that the device was attached to last. */
    int domain(int bdf) {
        return (int) context(bdf).getLong(
                ContextTableLayout.contextOffset(bdf) + ContextTableLayout.DOMAIN_OFFSET);
    }

    private Region context(int bdf) {
        long bus = root.getLong(ContextTableLayout.rootOffset(bdf));
        return ContextTableLayout.isPresent(bus) ? pages.page(ContextTableLayout.address(bus)) : null;
    }
}
