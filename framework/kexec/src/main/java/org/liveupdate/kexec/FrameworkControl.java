package org.liveupdate.kexec;

import java.time.Duration;

/** What the end of the JVM needs of the framework. */
interface FrameworkControl {
    /** Begins to stop; does not wait. Stopping twice does nothing. */
    void stop();

    /**
     * Waits until it has stopped.
     *
     * @param limit
     *            how long
     * @return whether it has
     */
    boolean awaitStop(Duration limit);

    /** Whether it has stopped. */
    boolean isStopped();
}
