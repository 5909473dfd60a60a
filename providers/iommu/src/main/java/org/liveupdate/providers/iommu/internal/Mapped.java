package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;

/**
 * A mapping, and the pin that keeps what is mapped in place.
 *
 * @param mapping what the user asked for
 * @param pin open as long as the mapping is there
 */
record Mapped(Mapping mapping, Pin pin) {

    /** Whether it shares an address with a range. */
    boolean overlaps(long iova, long length) {
        return iova < mapping.iova() + mapping.length() && mapping.iova() < iova + length;
    }

    /** Enters it into a page table; all of it or nothing. */
    void mapIn(PageTable table) {
        long mapped = 0;
        try {
            for (Extent extent : pin.extents()) {
                table.map(mapping.iova() + mapped, extent.address(), extent.length(), mapping.writable());
                mapped += extent.length();
            }
        } catch (KhoException e) {
            table.unmap(mapping.iova(), mapped);
            throw e;
        }
    }

    /** Removes it from a page table. */
    void unmapIn(PageTable table) {
        table.unmap(mapping.iova(), mapping.length());
    }

    /** Whether a page table leads to where the file's bytes are. */
    boolean isIn(PageTable table) {
        long iova = mapping.iova();
        for (Extent extent : pin.extents()) {
            if (!table.maps(iova, extent.address(), extent.length(), mapping.writable())) {
                return false;
            }
            iova += extent.length();
        }
        return true;
    }
}
