package org.liveupdate.kho;

/** What the views of one block have in common: they end together. */
final class Lease {

    private volatile boolean ended;

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
