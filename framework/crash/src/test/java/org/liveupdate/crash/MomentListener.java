package org.liveupdate.crash;

/** Told of each moment, in the thread that gets there. */
interface MomentListener {
    void reached(Moment moment);
}
