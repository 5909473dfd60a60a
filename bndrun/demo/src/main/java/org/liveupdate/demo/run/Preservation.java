package org.liveupdate.demo.run;

import java.io.InterruptedIOException;

/** What a generation has preserved for the next one, and goes on using if the live update does not happen. */
public interface Preservation {
    /**
     * Sees that nothing has changed: after a live update that did not happen.
     *
     * @throws Failure
     *             the first thing that is not as it was
     */
    void check() throws Failure, InterruptedIOException;

    /** What it is, as the beginning of a sentence: {@code all 4 files}. */
    String name();
}
