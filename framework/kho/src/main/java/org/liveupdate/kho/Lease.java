package org.liveupdate.kho;

/** What the views of one block have in common: they end together. */
final class Lease {

    private final Extent extent;
    private volatile boolean ended;

    Lease(Extent extent) {
        this.extent = extent;
    }

    /** The block. */
    Extent extent() {
        return extent;
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
