package org.liveupdate.demo.run;

import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/**
 * Whether the demo is to stop. Long work checks it every few milliseconds. Thread safe.
 *
 * <p>
 * A framework that stops is a sign, too: the core freezes everything before any bundle is stopped, and what the demo
 * cannot do from then on is not a failure of its own.
 */
public final class StopSignal {
    private final BooleanSupplier frameworkStops;
    private volatile boolean requested;

    public StopSignal(BooleanSupplier frameworkStops) {
        this.frameworkStops = frameworkStops;
    }

    public void request() {
        requested = true;
    }

    /**
     * Ends the work if it is to end.
     *
     * @throws InterruptedIOException
     *             if it is; what is half done is to be left in order
     */
    public void check() throws InterruptedIOException {
        if (requested || frameworkStops.getAsBoolean()) {
            throw new InterruptedIOException("the demo was stopped before it was done");
        }
    }
}
