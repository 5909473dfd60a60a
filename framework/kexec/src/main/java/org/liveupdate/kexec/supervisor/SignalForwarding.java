package org.liveupdate.kexec.supervisor;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Takes SIGINT, SIGTERM and SIGHUP, however many come, as one request to stop, as a shutdown hook does: the JVM ends when
 * all that has to be done is done.
 *
 * <p>
 * Status: when the hook returns, the JVM ends with 128 plus the number of its own signal. That is the last generation's
 * status too if the signal ended it; any other comes from the generation itself, and is passed on.
 */
final class SignalForwarding {
    /** 128 plus SIGHUP, SIGINT, SIGTERM. */
    private static final Set<Integer> SIGNALLED = Set.of(129, 130, 143);

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Runnable stop;
    private final Thread hook = new Thread(this::stop, "pass a signal on");

    private SignalForwarding(Runnable stop) {
        this.stop = stop;
    }

    /**
     * From now on.
     *
     * @param stop
     *            begins stopping
     */
    static SignalForwarding install(Runnable stop) {
        SignalForwarding forwarding = new SignalForwarding(stop);
        Runtime.getRuntime().addShutdownHook(forwarding.hook);
        return forwarding;
    }

    private void stop() {
        stop.run();
        int status = ended.join();
        if (!SIGNALLED.contains(status)) {
            Runtime.getRuntime().halt(status);
        }
    }

    /** Everything has ended and is cleaned up. */
    void done(int status) {
        ended.complete(status);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running, and ends the JVM
        }
    }
}
