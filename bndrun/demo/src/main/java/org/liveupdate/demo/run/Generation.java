package org.liveupdate.demo.run;

import java.io.InterruptedIOException;
import java.util.Optional;

/** What one generation does, up to the next live update. */
public interface Generation {
    /**
     * Plays its part.
     *
     * @return what is preserved for the next generation and waits for the update; empty if the scenario is over and all is
     *         well
     * @throws Failure
     *             if the scenario cannot go on, or something is not as it was
     * @throws InterruptedIOException
     *             if it was asked to stop
     */
    Optional<Preservation> play() throws Failure, InterruptedIOException;
}
