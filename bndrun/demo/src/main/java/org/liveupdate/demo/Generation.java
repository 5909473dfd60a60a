package org.liveupdate.demo;

import java.io.InterruptedIOException;
import java.util.Optional;

/** What one generation does, up to the next live update. */
interface Generation {
    /**
     * Plays its part.
     *
     * @return what is preserved for the next generation and waits for the update; empty if the demo is over and all is
     *         well
     * @throws Failure
     *             if the demo cannot go on, or something is not as it was
     * @throws InterruptedIOException
     *             if it was asked to stop
     */
    Optional<Cargo> play() throws Failure, InterruptedIOException;
}
