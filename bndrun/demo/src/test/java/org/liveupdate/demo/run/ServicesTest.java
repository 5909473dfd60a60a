package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServicesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Services services = new Services(new StopSignal(() -> false));

    private <T> CompletableFuture<T> inAThread(java.util.concurrent.Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @Test
    void whoWaitsGetsAServiceThatArrives() throws Exception {
        CompletableFuture<String> unlimited = inAThread(() -> services.await(String.class));
        CompletableFuture<String> limited = inAThread(() -> services.await(String.class, LONG));
        services.arrived(String.class, "service");
        assertEquals("service", unlimited.get());
        assertEquals("service", limited.get());
    }

    @Test
    void aServiceThatDoesNotComeIsNamed() {
        services.arrived(String.class, "service");
        services.left(String.class, "service");
        Failure failure = assertThrows(Failure.class, () -> services.await(String.class, Duration.ZERO));
        assertTrue(failure.getMessage().startsWith("the service java.lang.String is not there after 0 seconds"),
                failure.getMessage());
    }

    @Test
    void aServiceThatWasReplacedBeforeItLeftIsStillThere() throws Exception {
        services.arrived(String.class, "old");
        services.arrived(String.class, "new");
        services.left(String.class, "old");
        assertEquals("new", services.await(String.class));
    }

    @Test
    void aConditionIsTriedAgainAfterAChange() throws Exception {
        AtomicBoolean ready = new AtomicBoolean();
        CompletableFuture<Void> tried = new CompletableFuture<>();
        CompletableFuture<Boolean> waiting = inAThread(() -> {
            services.await(() -> {
                boolean now = ready.get();
                tried.complete(null);
                return now;
            }, LONG, "never");
            return true;
        });
        tried.get();
        ready.set(true);
        services.changed();
        assertTrue(waiting.get());
    }

    @Test
    void stoppingEndsEveryWait() {
        CompletableFuture<String> unlimited = inAThread(() -> services.await(String.class));
        CompletableFuture<String> limited = inAThread(() -> services.await(String.class, LONG));
        services.stop();
        assertEquals(InterruptedIOException.class,
                assertThrows(ExecutionException.class, unlimited::get).getCause().getClass());
        assertEquals(InterruptedIOException.class,
                assertThrows(ExecutionException.class, limited::get).getCause().getClass());
    }
}
