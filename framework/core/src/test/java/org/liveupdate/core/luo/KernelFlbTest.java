package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * The kernel's in-kernel FLB test ({@code lib/tests/liveupdate.c}) with files around it, as its selftests put memfds
 * around it.
 */
class KernelFlbTest {
    private final List<String> log = new ArrayList<>();

    private static FlbKey<Long> key(int index) {
        return new FlbKey<>(KernelFlb.NAME + index, Long.class);
    }

    private static List<String> three(String text) {
        return List.of(text + " 0", text + " 1", text + " 2");
    }

    private List<String> takeLog() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    private static HandlerRuntime register(Generation generation, List<FlbRuntime> flbs) throws LiveUpdateException {
        HandlerRuntime handler = new HandlerRuntime("memfd-v1", new KernelMemfd.Handler(), Module.builtIn("memfd_luo"));
        generation.core.registry().register(handler);
        for (FlbRuntime flb : flbs) {
            generation.core.registry().link(handler, flb);
        }
        return handler;
    }

    @Test
    void withoutAPreviousBootThereIsNoIncomingData() throws Exception {
        try (Generation generation = Generation.first()) {
            for (FlbRuntime flb : KernelFlb.three(log)) {
                generation.core.owners().offer(flb);
            }
            for (int i = 0; i < 3; i++) {
                FlbKey<Long> key = key(i);
                assertErrno(Errno.ENODATA,
                        () -> generation.core.agents().get(key, Side.INCOMING, Module.builtIn("test")));
            }
        }
    }

    @Test
    void anFlbCannotBeRegisteredTwiceOnTheSameHandler() throws Exception {
        try (Generation generation = Generation.first()) {
            List<FlbRuntime> flbs = KernelFlb.three(log);
            HandlerRuntime handler = register(generation, flbs);
            assertErrno(Errno.EEXIST, () -> generation.core.registry().link(handler, flbs.get(0)));
            assertEquals(3, handler.links().length);
        }
    }

    @Test
    void unregisteredFlbsCanBeRegisteredAgainAlsoWhileASessionHoldsThem() throws Exception {
        try (Generation generation = Generation.first()) {
            List<FlbRuntime> flbs = KernelFlb.three(log);
            HandlerRuntime handler = register(generation, flbs);
            OutgoingSession session = generation.session("alive");
            generation.core.agents().preserve(session, 1, new KernelMemfd("one"));
            for (FlbRuntime flb : flbs) {
                generation.core.registry().unlink(handler, flb);
            }
            for (FlbRuntime flb : flbs) {
                generation.core.registry().link(handler, flb);
            }
            generation.core.agents().preserve(session, 2, new KernelMemfd("two"));
            assertEquals(three("preserve was triggered"), takeLog());
            generation.core.agents().close(session);
            assertEquals(List.of("unpreserve was triggered 2", "unpreserve was triggered 1",
                    "unpreserve was triggered 0"), takeLog());
        }
    }

    @Test
    void threeFlbsArePreservedOnceRetrievedOnceAndFinishedOnceAroundManyFiles() throws Exception {
        Generation old = Generation.first();
        register(old, KernelFlb.three(log));
        OutgoingSession session = old.session("with memfds");
        for (int token = 0; token < 5; token++) {
            old.core.agents().preserve(session, token, new KernelMemfd("text " + token));
        }
        assertEquals(three("preserve was triggered"), takeLog());

        try (Generation next = old.kexec()) {
            List<FlbRuntime> flbs = KernelFlb.three(log);
            flbs.forEach(next.core.owners()::offer);
            for (int i = 0; i < 3; i++) {
                try (FlbHandle<Long> handle = next.core.agents().get(key(i), Side.INCOMING, Module.builtIn("test"))) {
                    assertEquals(0xFEEDF00DCAFEBEE0L + i, handle.get());
                }
            }
            assertEquals(three("found flb data from the previous boot"), takeLog());
            register(next, flbs);
            IncomingSession retrieved = next.incomingSession("with memfds");
            next.core.agents().retrieve(retrieved, 3);
            next.core.agents().finish(retrieved);
            assertEquals(List.of("finish was triggered 2", "finish was triggered 1", "finish was triggered 0"),
                    takeLog());
            assertErrno(Errno.ENODATA, () -> next.core.agents().get(key(0), Side.INCOMING, Module.builtIn("test")));
            next.core.agents().close(retrieved);
            Balance.assertNothingIsHeld(next);
        }
    }

    @Test
    void anFlbThatNobodyAskedForIsRetrievedOnlyToBeFinished() throws Exception {
        Generation old = Generation.first();
        register(old, KernelFlb.three(log));
        old.core.agents().preserve(old.session("with a memfd"), 0, new KernelMemfd("text"));
        try (Generation next = old.kexec()) {
            register(next, KernelFlb.three(log));
            takeLog();
            next.core.agents().close(next.incomingSession("with a memfd"));
            assertEquals(List.of("found flb data from the previous boot 2", "finish was triggered 2",
                    "found flb data from the previous boot 1", "finish was triggered 1",
                    "found flb data from the previous boot 0", "finish was triggered 0"), takeLog());
        }
    }
}
