package org.liveupdate.crash;

import org.liveupdate.api.LiveUpdateException;

/** Frees memory where nothing may be thrown that is not a bug. */
final class Blocks {
    interface Freeing {
        void run() throws LiveUpdateException;
    }

    private Blocks() {}

    static void free(Freeing freeing) {
        try {
            freeing.run();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("there is handover memory where something was preserved", e);
        }
    }
}
