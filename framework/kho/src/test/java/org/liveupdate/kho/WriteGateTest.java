package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.kho.KhoException.Reason;

@Timeout(20)
class WriteGateTest {

    private final WriteGate gate = new WriteGate(WriteGate.State.OPEN, Path.of("memory"));

    @Test
    void freezingWaitsForAWriterThatIsIn() throws Exception {
        int in = gate.enter();
        CompletableFuture<Void> freeze = Background.run(gate::freeze);
        awaitRefusal();
        assertStillRunning(freeze);
        gate.leave(in);
        freeze.get(10, TimeUnit.SECONDS);
    }

    @Test
    void waitingEndsAlthoughOthersKeepWriting() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(2);
        Runnable overlapping = () -> {
            int previous = gate.enter();
            running.countDown();
            while (!stop.get()) {
                int next = gate.enter();
                gate.leave(previous);
                previous = next;
            }
            gate.leave(previous);
        };
        CompletableFuture<Void> one = Background.run(overlapping);
        CompletableFuture<Void> two = Background.run(overlapping);
        running.await();
        for (int i = 0; i < 100; i++) {
            gate.awaitWriters();
        }
        stop.set(true);
        one.get();
        two.get();
    }

    @Test
    void statesGoAsTheTableSays() {
        assertRefused(Reason.INVALID, gate::thaw);
        gate.freeze();
        gate.freeze();
        assertRefused(Reason.FROZEN, gate::enter);
        gate.thaw();
        gate.leave(gate.enter());
        gate.freeze();
        gate.fence();
        gate.fence();
        assertRefused(Reason.FENCED, gate::enter);
        assertRefused(Reason.FENCED, gate::thaw);
        gate.freeze();
        assertRefused(Reason.FENCED, gate::requireOpen);
        gate.close();
        gate.fence();
        assertRefused(Reason.INVALID, gate::enter);
        assertRefused(Reason.INVALID, gate::thaw);
        assertRefused(Reason.INVALID, gate::freeze);
    }

    @Test
    void noWriteHappensAfterAFreezeHasReturned() throws Exception {
        AtomicLong written = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        Runnable writer = () -> {
            while (!stop.get()) {
                try {
                    int in = gate.enter();
                    written.incrementAndGet();
                    gate.leave(in);
                } catch (KhoException e) {
                    assertEquals(Reason.FROZEN, e.reason());
                }
            }
        };
        CompletableFuture<Void> one = Background.run(writer);
        CompletableFuture<Void> two = Background.run(writer);
        for (int round = 0; round < 300; round++) {
            gate.freeze();
            long before = written.get();
            Thread.yield();
            assertEquals(before, written.get());
            gate.thaw();
            while (written.get() == before) {
                assertFalse(one.isDone() || two.isDone(), "a writer gave up");
                Thread.onSpinWait();
            }
        }
        stop.set(true);
        one.get();
        two.get();
    }

    private void awaitRefusal() {
        boolean refused = false;
        while (!refused) {
            try {
                gate.leave(gate.enter());
            } catch (KhoException e) {
                refused = true;
            }
        }
    }

    private static void assertStillRunning(CompletableFuture<Void> future) throws Exception {
        try {
            future.get(20, TimeUnit.MILLISECONDS);
            assertFalse(true, "did not wait");
        } catch (TimeoutException expected) {
            assertFalse(future.isDone());
        }
    }
}
