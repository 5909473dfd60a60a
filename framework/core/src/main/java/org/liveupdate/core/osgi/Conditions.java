package org.liveupdate.core.osgi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.liveupdate.api.LiveUpdateConstants;

/**
 * Says as OSGi conditions when live update is ready, and when nothing that was handed over is left to be finished. Both
 * stay until the core ends, also while everything is frozen and after another generation has taken over: whoever depends
 * on them is not to be torn down in the middle of a handover.
 */
final class Conditions {
    private final Consumer<String> registrar;
    private final BooleanSupplier ready;
    private final BooleanSupplier finished;
    private final AtomicBoolean saidReady = new AtomicBoolean();
    private final AtomicBoolean saidFinished = new AtomicBoolean();

    /**
     * Nothing is said yet.
     *
     * @param registrar
     *            registers a condition with an id; called once for each, without any lock
     * @param ready
     *            whether this generation is in charge
     * @param finished
     *            whether no incoming file is left
     */
    Conditions(Consumer<String> registrar, BooleanSupplier ready, BooleanSupplier finished) {
        this.registrar = registrar;
        this.ready = ready;
        this.finished = finished;
    }

    /** Something changed: says what is true now. */
    void refresh() {
        if (!saidReady.get() && ready.getAsBoolean() && saidReady.compareAndSet(false, true)) {
            registrar.accept(LiveUpdateConstants.READY_CONDITION);
        }
        if (saidReady.get() && !saidFinished.get() && finished.getAsBoolean()
                && saidFinished.compareAndSet(false, true)) {
            registrar.accept(LiveUpdateConstants.INCOMING_FINISHED_CONDITION);
        }
    }
}
