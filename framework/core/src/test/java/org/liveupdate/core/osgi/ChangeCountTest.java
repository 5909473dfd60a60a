package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** When listeners are told of changes, and when not any more. */
@Timeout(30)
class ChangeCountTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final List<String> happened = new CopyOnWriteArrayList<>();

    /** Tells a listener. */
    private static final class Registration implements ServiceRegistration<Object> {
        private final CountDownLatch told = new CountDownLatch(1);
        private final Runnable listener;

        Registration(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void setProperties(Dictionary<String, ?> properties) {
            assertEquals(1L, properties.get(Constants.SERVICE_CHANGECOUNT));
            told.countDown();
            listener.run();
        }

        @Override
        public ServiceReference<Object> getReference() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unregister() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whoeverClosesWaitsUntilListenersHaveBeenTold() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        Registration registration = new Registration(() -> {
            awaitQuietly(letGo);
            happened.add("told");
        });
        ChangeCount changes = new ChangeCount(() -> {}, FOR_EVER);
        changes.publishAt(registration);
        registration.told.await();

        Thread closing = new Thread(() -> {
            changes.close();
            happened.add("closed");
        });
        closing.start();
        while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        letGo.countDown();
        closing.join();

        assertEquals(List.of("told", "closed"), happened);
    }

    @Test
    void aListenerThatClosesDoesNotWaitForItself() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ChangeCount[] changes = new ChangeCount[1];
        changes[0] = new ChangeCount(() -> {}, FOR_EVER);
        changes[0].publishAt(new Registration(() -> {
            changes[0].close();
            closed.countDown();
        }));
        closed.await();
    }

    @Test
    void aListenerThatDoesNotReturnIsWaitedForNoLongerThanThePatience() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        Registration registration = new Registration(() -> awaitQuietly(letGo));
        ChangeCount changes = new ChangeCount(() -> {}, Duration.ofMillis(10));
        changes.publishAt(registration);
        registration.told.await();

        changes.close();
        letGo.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
