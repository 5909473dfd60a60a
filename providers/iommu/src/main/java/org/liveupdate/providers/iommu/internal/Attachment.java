package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/** A device and what it is attached to. Guarded by the lock of {@link Iommu}. */
final class Attachment {

    /** What it is attached to now. */
    Domain domain;
    /** Where its attachment came with a live update; null if it did not. */
    Region incoming;
    /** Where its attachment is preserved; null if it is not. */
    Region outgoing;

    Attachment(Domain domain) {
        this.domain = domain;
    }

    /** Whether it is attached only because the previous generation had attached it. */
    boolean isUnclaimed() {
        return incoming != null && ObjectLayout.isIncoming(incoming);
    }

    /** Its driver is here. */
    void claim() {
        if (isUnclaimed()) {
            ObjectLayout.incoming(incoming, false);
        }
    }
}
