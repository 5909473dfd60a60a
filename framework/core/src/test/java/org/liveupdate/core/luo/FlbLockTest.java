package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** The exclusive lock of an FLB: the seed's {@code *_locked} and {@code *_unlock}. */
class FlbLockTest {
    private static final FlbKey<String> KEY = MockFlb.key("a");
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Generation generation = Generation.first();
    private final FlbRuntime flb = generation.flb("a");
    private final Orchestrator core = generation.core;
    private OutgoingSession session;

    @BeforeEach
    void preserveAFile() throws LiveUpdateException {
        session = preserveAFile(generation, flb);
    }

    private static OutgoingSession preserveAFile(Generation generation, FlbRuntime flb) throws LiveUpdateException {
        generation.handler("h", flb);
        OutgoingSession session = generation.session("s");
        generation.preserve(session, 1, "h");
        return session;
    }

    private FlbLock<String> lock() throws LiveUpdateException {
        return generation.lock("a", Side.OUTGOING);
    }

    @Test
    void theThreadThatHoldsTheLockCannotTakeItAgain() throws LiveUpdateException {
        FlbLock<String> lock = lock();
        assertErrno(Errno.EDEADLK, this::lock);
        lock.close();
        lock().close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void anotherThreadGetsTheLockWhenItIsClosed() throws Throwable {
        FlbLock<String> lock = lock();
        CountDownLatch asking = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        Other other = Other.thread(() -> {
            asking.countDown();
            FlbLock<String> second = lock();
            order.add("other has it");
            second.close();
        });
        asking.await();
        order.add("closing");
        lock.close();
        other.join();
        assertEquals(List.of("closing", "other has it"), order);
    }

    @Test
    void waitingForTheLockEndsAtTheCallbackDeadline() throws Throwable {
        try (Generation hasty = Generation.first(Generation.SETTINGS.withPatience(SHORT))) {
            preserveAFile(hasty, hasty.flb("a"));
            FlbLock<String> lock = hasty.lock("a", Side.OUTGOING);
            Other.run(() -> {
                LiveUpdateException refusal = assertErrno(Errno.EBUSY,
                        () -> hasty.lock("a", Side.OUTGOING));
                assertTrue(refusal.getMessage().contains("FLB a of a"), refusal::getMessage);
            });
            lock.close();
            Other.run(() -> hasty.lock("a", Side.OUTGOING).close());
        }
    }

    @Test
    void onlyTheThreadThatLockedCanClose() throws Throwable {
        FlbLock<String> lock = lock();
        Other.run(() -> assertErrno(Errno.EPERM, lock::close));
        assertEquals("a preserved 1", lock.get(), "still open");
        assertEquals(1, flb.handles(Side.OUTGOING));
        lock.close();
        lock.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void onlyTheThreadThatLockedCanReplace() throws Throwable {
        try (FlbLock<String> lock = lock()) {
            Other.run(() -> assertErrno(Errno.EPERM, () -> lock.replace("usurper")));
            assertEquals("a preserved 1", lock.get());
        }
    }

    @Test
    void replacedObjectsAreWhatEverybodySees() throws LiveUpdateException {
        try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
            try (FlbLock<String> lock = lock()) {
                lock.replace("new");
                assertEquals("new", lock.get());
            }
            assertEquals("new", handle.get());
        }
        generation.calls.take();
        List<Object> seen = new ArrayList<>();
        generation.calls.once("a.unpreserve", context -> seen.add(flb.outgoing.object));
        core.agents().close(session);
        assertEquals(List.of("new"), seen);
    }

    @Test
    void closingNeverChangesTheObject() throws LiveUpdateException {
        FlbLock<String> lock = lock();
        lock.replace("new");
        lock.close();
        assertErrno(Errno.EBADF, () -> lock.replace("too late"));
        assertErrno(Errno.EBADF, lock::get);
        assertEquals("new", flb.outgoing.object);
    }

    @Test
    void aPlainHandleOfTheSameThreadDoesNotEndItsLock() throws Throwable {
        FlbLock<String> lock = lock();
        generation.get("a", Side.OUTGOING).close();
        lock.replace("still mine");
        lock.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
        Other.run(() -> lock().close());
    }

    @Test
    void aPlainHandleOfTheThreadThatLocksCanBeClosedByAnother() throws Throwable {
        FlbLock<String> lock = lock();
        FlbHandle<String> plain = generation.get("a", Side.OUTGOING);
        Other.run(plain::close);
        lock.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void plainHandlesAreNotExcluded() throws Throwable {
        FlbLock<String> lock = lock();
        Other.run(() -> generation.get("a", Side.OUTGOING).close());
        lock.close();
    }

    @Test
    void aRefusedLockIsNotHeld() throws Throwable {
        assertErrno(Errno.EINVAL,
                () -> core.agents().lock(new FlbKey<>("a", Integer.class), Side.OUTGOING, generation.module("test")));
        Other.run(() -> lock().close());
        core.agents().close(session);
        assertErrno(Errno.ENOENT, this::lock);
        Balance.assertNothingIsHeld(generation, flb);
    }

    @Test
    void theLockOfABundleThatIsGoneIsBroken() throws Throwable {
        FlbLock<String> lock = lock();
        Other.run(() -> core.agents().closeHandlesOf(generation.module("test")));
        Other.run(() -> core.agents().lock(KEY, Side.OUTGOING, generation.module("another bundle")).close());
        assertErrno(Errno.EBADF, () -> lock.replace("too late"));
        lock.close();
        assertEquals(0, flb.handles(Side.OUTGOING));
    }

    @Test
    void theSidesOfAnFlbHaveLocksOfTheirOwn() throws Throwable {
        try (Generation next = generation.kexec()) {
            preserveAFile(next, next.flb("a"));
            FlbLock<String> incoming = next.lock("a", Side.INCOMING);
            FlbLock<String> outgoing = next.lock("a", Side.OUTGOING);
            incoming.replace("incoming");
            outgoing.replace("outgoing");
            assertEquals("incoming", incoming.get());
            assertEquals("outgoing", outgoing.get());
            incoming.close();
            outgoing.close();
        }
    }

    @Test
    void onlyTheLocksOfTheBundleThatIsGoneAreBroken() throws Throwable {
        FlbLock<String> lock = lock();
        Other.run(() -> core.agents().closeHandlesOf(generation.module("another")));
        assertErrno(Errno.EDEADLK, this::lock);
        lock.close();
    }

    @Test
    void aPlainHandleDoesNotReplaceWhoeverCastsIt() throws LiveUpdateException {
        FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
        LiveUpdateException refusal = assertErrno(Errno.EPERM, () -> ((FlbLock<String>) handle).replace("other"));
        assertTrue(refusal.getMessage().contains("was not taken with this handle"), refusal::getMessage);
    }
}
