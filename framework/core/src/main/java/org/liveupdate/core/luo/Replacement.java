package org.liveupdate.core.luo;

import org.liveupdate.api.LiveUpdateException;

/**
 * One thing that changes its owner in a swap: an FLB or a file on one side. Callbacks are called without the core lock,
 * in the thread that swaps, which has made sure that nobody else uses the thing.
 */
interface Replacement {
    /** The old owner writes down what is only in its object, and its memory is as it was left for the next one. */
    void detach();

    /** The new owner retrieves; on failure {@link #back} is all that may follow. */
    void attach() throws LiveUpdateException;

    /** The old owner retrieves again, whether or not the new one has. If it cannot, the thing stays detached. */
    void back();

    /** The new owner is the owner. The core lock is held. */
    void commitLocked();
}
