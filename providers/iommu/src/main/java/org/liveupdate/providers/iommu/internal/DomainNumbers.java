package org.liveupdate.providers.iommu.internal;

import java.util.BitSet;

/** The numbers by which the IOMMU tells domains apart, from 1 on. Guarded by the lock of {@link Iommu}. */
final class DomainNumbers {

    private final BitSet used = new BitSet();

    /** Gives a domain a number, unless it has one already, from before a live update. */
    void take(Domain domain) {
        if (domain.number == 0) {
            domain.number = used.nextClearBit(1);
        }
        used.set(domain.number);
    }

    /** The domain is gone. */
    void giveBack(Domain domain) {
        used.clear(domain.number);
        domain.number = 0;
    }
}
