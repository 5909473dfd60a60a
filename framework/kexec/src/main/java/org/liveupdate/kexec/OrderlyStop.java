package org.liveupdate.kexec;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a generation ends when it is not replaced: an update under way is brought to its end first, then the framework is
 * stopped, in which the core commits what is preserved. The same for {@code exit}, for a signal (as shutdown hook) and
 * for a supervisor that is gone; however many of them come, it happens once.
 *
 * <p>
 * A successor that is not in charge has nothing to put in order, and ends at once.
 */
final class OrderlyStop {
    private final FrameworkControl framework;
    private final Standing standing;
    private final UpdateTurn turn;
    private final Runnable hurryUpdate;
    private final Duration limit;
    private final Exit exit;
    private final Thread hook = new Thread(this::onShutdown, "liveupdate orderly stop");
    /** The status of the first {@link #exit}. */
    private final AtomicReference<Integer> requested = new AtomicReference<>();
    /** The JVM is ending for a reason of its own, and has a status for it. */
    private volatile boolean signalled;

    /**
     * Prepares.
     *
     * @param hurryUpdate
     *            makes an update under way come to its end
     * @param limit
     *            for an update under way, and again for the framework
     */
    OrderlyStop(FrameworkControl framework, Standing standing, UpdateTurn turn, Runnable hurryUpdate, Duration limit,
            Exit exit) {
        this.framework = framework;
        this.standing = standing;
        this.turn = turn;
        this.hurryUpdate = hurryUpdate;
        this.limit = limit;
        this.exit = exit;
    }

    /** From now on the end of the JVM leads here. */
    void install() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The bundle goes, and the framework stays. */
    void uninstall() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running
        }
    }

    /** Ends the JVM with this status, unless a signal comes meanwhile; returns at once. Later calls do nothing. */
    void exit(int status) {
        if (requested.compareAndSet(null, status)) {
            new Thread(() -> {
                if (standing.end(limit)) {
                    stopInOrder();
                }
                if (!signalled) {
                    exit.halt(status);
                }
            }, "liveupdate exit").start();
        }
    }

    /**
     * Body of the shutdown hook. When it returns, the JVM ends with the status it has in mind: 128 plus the signal's
     * number, or what somebody gave to {@code System.exit}.
     */
    void onShutdown() {
        if (framework.isStopped()) {
            // stopped by exit or by somebody's command; the launcher's own status says nothing
            Integer status = requested.get();
            exit.halt(status == null ? 0 : status);
        }
        signalled = true;
        if (standing.end(limit)) {
            stopInOrder();
        }
    }

    private void stopInOrder() {
        turn.close();
        hurryUpdate.run();
        if (!turn.awaitEnd(limit)) {
            System.err.println("liveupdate: the live update that is under way has not ended within " + limit.toMillis()
                    + " ms; stopping all the same");
        }
        framework.stop();
        if (!framework.awaitStop(limit)) {
            System.err.println("liveupdate: the framework has not stopped within " + limit.toMillis()
                    + " ms; what is preserved may not have been committed to an image");
        }
    }
}
