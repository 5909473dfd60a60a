package org.liveupdate.console.local;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The generation that this one replaced. It has the port until its process has ended, which is a moment after this one is
 * in charge.
 */
final class Predecessor {
    private Predecessor() {}

    /**
     * Completed when no older child of the parent process is left.
     *
     * @param supervised
     *            whether that parent is the supervisor of generations; the children of others are not waited for
     */
    static CompletableFuture<Void> end(boolean supervised) {
        ProcessHandle self = ProcessHandle.current();
        Optional<ProcessHandle> supervisor = self.parent().filter(parent -> supervised);
        return CompletableFuture.allOf(supervisor.stream().flatMap(ProcessHandle::children)
                .filter(process -> process.pid() != self.pid() && started(process).isBefore(started(self)))
                .map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.MIN);
    }
}
