package org.liveupdate.kho;

import java.util.concurrent.CompletableFuture;

/** Tasks on threads of their own: the common pool has a single one on small machines. */
final class Background {

    private Background() {}

    static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, runnable -> {
            Thread thread = new Thread(runnable, "background");
            thread.setDaemon(true);
            thread.start();
        });
    }
}
