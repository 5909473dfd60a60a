package org.liveupdate.kexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrderlyStopTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What happened, in order. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final UpdateTurn turn = new UpdateTurn();

    private final FrameworkControl framework = new FrameworkControl() {
        @Override
        public void stop() {
            events.add("stop");
        }

        @Override
        public boolean awaitStop(Duration limit) {
            try {
                return stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isStopped() {
            return stopped.getCount() == 0;
        }
    };

    private OrderlyStop stop(Standing standing) {
        return new OrderlyStop(framework, standing, turn, () -> events.add("hurry"), LIMIT,
                status -> events.add("halt " + status));
    }

    private String next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void exitStopsTheFrameworkFirst() throws Exception {
        stop(new Standing(true)).exit(3);
        assertEquals("hurry", next());
        assertEquals("stop", next());
        stopped.countDown();
        assertEquals("halt 3", next());
    }

    @Test
    void exitWaitsForTheUpdateThatIsUnderWay() throws Exception {
        assertTrue(turn.begin());
        stop(new Standing(true)).exit(3);
        assertEquals("hurry", next());
        assertEquals(List.of(), List.copyOf(events));
        turn.end();
        assertEquals("stop", next());
    }

    @Test
    void successorThatWaitsHasNothingToStop() throws Exception {
        stop(new Standing(false)).exit(1);
        assertEquals("halt 1", next());
    }

    @Test
    void signalKeepsItsOwnStatus() throws Exception {
        OrderlyStop stop = stop(new Standing(true));
        Thread hook = new Thread(stop::onShutdown);
        hook.start();
        assertEquals("hurry", next());
        assertEquals("stop", next());
        // a command that fails because of the signal
        stop.exit(1);
        assertEquals("hurry", next());
        assertEquals("stop", next());
        stopped.countDown();
        hook.join();
        assertEquals(List.of(), List.copyOf(events));
    }

    @Test
    void launcherThatEndsTheJvmAfterAnExitGetsTheStatusOfTheExit() throws Exception {
        OrderlyStop stop = stop(new Standing(true));
        stop.exit(5);
        stopped.countDown();
        stop.onShutdown();
        assertTrue(events.contains("halt 5"));
    }

    @Test
    void frameworkThatWasStoppedByACommandIsASuccess() {
        stopped.countDown();
        stop(new Standing(true)).onShutdown();
        assertTrue(events.contains("halt 0"));
    }
}
