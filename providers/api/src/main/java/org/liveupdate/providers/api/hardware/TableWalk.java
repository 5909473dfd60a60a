package org.liveupdate.providers.api.hardware;

/** The way of an access from a device to memory: root table, context table, page tables. Thread safe if its reader is. */
public final class TableWalk {

    private final TableReader memory;

    /**
     * A walk through tables.
     *
     * @param memory where they are, not null
     */
    public TableWalk(TableReader memory) {
        this.memory = memory;
    }

    /**
     * Translates an access of a device.
     *
     * @param root address of the root table, 0 if translation is off
     * @param bdf bus, device and function, 16 bits
     * @param iova any
     * @param write whether it would write
     * @return never null
     */
    public Translation device(long root, int bdf, long iova, boolean write) {
        if (root == 0) {
            return Translation.refused(Fault.OFF);
        }
        try {
            long bus = memory.entry(root + ContextTableLayout.rootOffset(bdf));
            if (!ContextTableLayout.isPresent(bus)) {
                return Translation.refused(Fault.NOT_ATTACHED);
            }
            long context = memory.entry(ContextTableLayout.address(bus) + ContextTableLayout.contextOffset(bdf));
            if (!ContextTableLayout.isPresent(context)) {
                return Translation.refused(Fault.NOT_ATTACHED);
            }
            if (ContextTableLayout.level(context) != PageTableLayout.TOP_LEVEL) {
                return Translation.refused(Fault.BAD_TABLE);
            }
            return pageTable(ContextTableLayout.address(context), iova, write);
        } catch (IndexOutOfBoundsException e) {
            return Translation.refused(Fault.BAD_TABLE);
        }
    }

    /**
     * Translates an access through one page table.
     *
     * @param top address of its table at the top
     * @param iova any
     * @param write whether it would write
     * @return never null
     */
    public Translation pageTable(long top, long iova, boolean write) {
        if (iova >>> PageTableLayout.ADDRESS_BITS != 0) {
            return Translation.refused(Fault.OUT_OF_RANGE);
        }
        try {
            long table = top;
            for (int level = PageTableLayout.TOP_LEVEL; level >= 0; level--) {
                long entry = memory.entry(table + PageTableLayout.offset(iova, level));
                if (!PageTableLayout.isPresent(entry)) {
                    return Translation.refused(Fault.UNMAPPED);
                }
                if (PageTableLayout.isLeaf(entry, level)) {
                    return leaf(entry, level, iova, write);
                }
                table = PageTableLayout.address(entry);
            }
            throw new AssertionError("every entry at level 0 is a leaf");
        } catch (IndexOutOfBoundsException e) {
            return Translation.refused(Fault.BAD_TABLE);
        }
    }

    private static Translation leaf(long entry, int level, long iova, boolean write) {
        if (level > PageTableLayout.MAX_LEAF_LEVEL) {
            return Translation.refused(Fault.BAD_TABLE);
        }
        if (write && (entry & PageTableLayout.WRITE) == 0) {
            return Translation.refused(Fault.NOT_WRITABLE);
        }
        if (!write && (entry & PageTableLayout.READ) == 0) {
            return Translation.refused(Fault.NOT_READABLE);
        }
        return Translation.to(PageTableLayout.address(entry) + (iova & PageTableLayout.span(level) - 1));
    }
}
