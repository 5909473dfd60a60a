package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/** What devices are attached to: page tables with a number. Guarded by the lock of {@link Iommu}. */
final class Domain {

    private final PageTable table;
    /** Whose it is; null while nobody has retrieved its iommufd. */
    PageTableFile owner;
    /** How the IOMMU tells it from others; 0 until it has one. */
    int number;
    /** What it is preserved in, or came with; null if neither. */
    PreservedState state;
    /** Its slot there. */
    Region slot;

    Domain(PageTable table) {
        this.table = table;
    }

    PageTable table() {
        return table;
    }

    /** Whether it is preserved for the next generation. */
    boolean isPreserved() {
        return state != null && !state.isIncoming();
    }
}
