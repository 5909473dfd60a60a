package org.liveupdate.kho;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compares inherited blocks with their checksums: at once, or in a thread of its own, which is there as long as there
 * is something to do. What was found stays at the block, and whoever asks is told. Safe for use by several threads.
 */
final class Verification {

    private final Ledger ledger;
    private final BlockChecksums checksums;
    /** Blocks to be verified in the background. Guarded by this, as the next two. */
    private final Deque<Extent> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    Verification(Ledger ledger, BlockChecksums checksums) {
        this.ledger = ledger;
        this.checksums = checksums;
    }

    /**
     * Verifies a block, unless that was done. Not with the ledger's lock held.
     *
     * @throws KhoException {@code CORRUPT} if it is not what the image says
     */
    void verify(Extent extent, String owner) {
        if (isUnverified(extent, owner)) {
            checksums.take(extent);
            conclude(extent, owner, checksums.before(extent));
        }
    }

    /** Has a block verified in the background. */
    synchronized void submit(Extent extent) {
        waiting.add(extent);
        if (!running && !closed) {
            running = true;
            Thread thread = new Thread(this::run, "handover memory verification");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Verifies nothing in the background any more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    private void run() {
        for (Extent extent = next(); extent != null; extent = next()) {
            try {
                verify(extent, "its scope");
            } catch (KhoException e) {
                // noted at the block: whoever finishes with it is told
                continue;
            }
        }
    }

    private synchronized Extent next() {
        running = !waiting.isEmpty();
        return waiting.poll();
    }

    private boolean isUnverified(Extent extent, String owner) {
        synchronized (ledger.lock) {
            requireNotCorrupt(extent, owner);
            return extent.check == Check.UNVERIFIED;
        }
    }

    private void conclude(Extent extent, String owner, int found) {
        synchronized (ledger.lock) {
            // freed, or verified by somebody else, in the meantime: then this sum may be of anything
            if (extent.check == Check.UNVERIFIED && extent.list != null) {
                extent.found = found;
                extent.check = found == extent.expected ? Check.OWN : Check.CORRUPT;
            }
            requireNotCorrupt(extent, owner);
        }
    }

    private void requireNotCorrupt(Extent extent, String owner) {
        if (extent.check == Check.CORRUPT) {
            throw checksums.corrupt(extent, owner);
        }
    }
}
