package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.Outcomes.assertErrno;
import static org.liveupdate.itests.Outcomes.flb;
import static org.liveupdate.itests.Outcomes.references;
import static org.liveupdate.itests.Outcomes.refused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** When a bundle can be unloaded, and when it cannot: the rules of references on modules. */
@OsgiTest(CoreBundles.class)
@Timeout(60)
class ModuleReferencesIT {
    private static final int RACES = 200;

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    BundleContext context;
    private Session session;

    @BeforeEach
    void createSession() throws Exception {
        PoolBundle.types().deploy(context);
        session = liveUpdate.createSession("s");
    }

    @AfterEach
    void closeSession() throws Exception {
        session.close();
        PoolBundle.removeAll(context);
        assertEquals(0, runtime.getRuntimeDTO().memory.usedPages);
    }

    private void assertHeld(Bundle bundle, String... holders) {
        assertEquals(List.of(holders), modules.holders(bundle));
        LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK, () -> modules.unload(bundle, false));
        for (String holder : holders) {
            assertTrue(refusal.getMessage().contains(holder), refusal.getMessage());
        }
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals(List.of(holders), modules.holders(bundle));
    }

    private void assertUnloads(Bundle bundle) throws LiveUpdateException {
        assertEquals(List.of(), modules.holders(bundle));
        modules.unload(bundle, false);
        assertEquals(Bundle.UNINSTALLED, bundle.getState());
    }

    @Test
    void anIdleBundleIsUnloaded() throws Exception {
        assertUnloads(PoolBundle.version("1.0.0").deploy(context));
        assertErrno(Errno.ENOENT, () -> session.preserve(1, new AtomicLong(7)));
    }

    @Test
    void aBundleThatIsUnloadedAlreadyIsRefusedWithEinval() throws Exception {
        Bundle bundle = PoolBundle.version("1.0.0").deploy(context);
        modules.unload(bundle, false);
        assertErrno(Errno.EINVAL, () -> modules.unload(bundle, false));
    }

    @Test
    void aBundleThatPreservesIsNotUnloadedAndGoesOn() throws Exception {
        Bundle flbs = PoolBundle.named("test.flbs", "1.0.0").without("handler").deploy(context);
        PoolBundle.named("test.handlers", "1.0.0").without("flb").deploy(context);
        session.preserve(1, new AtomicLong(7));
        assertHeld(flbs, "flb pool-v1 (outgoing, 1 files)");
        session.preserve(2, new AtomicLong(8));
        assertEquals(1, references(runtime, "test.flbs"));
        session.close();
        assertUnloads(flbs);
    }

    @Test
    void aBundleWithAFileIsNotUnloadedEvenWithoutAnFlb() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.handler")) {
            provider.handler("a-v1", new TextHandler("a"));
            session.preserve(1, new TextFile("a", 1));
            assertHeld(provider.bundle(), "file 1 of outgoing session \"s\"");
            session.close();
            assertUnloads(provider.bundle());
        }
    }

    @Test
    void aBundleOnWhoseFlbAHandleIsOpenIsNotUnloadedEvenWhenNoFileIsLeft() throws Exception {
        Bundle bundle = PoolBundle.version("1.0.0").deploy(context);
        session.preserve(1, new AtomicLong(7));
        try (FlbHandle<LongUnaryOperator> handle = liveUpdate.getOutgoing(PoolBundle.KEY)) {
            session.close();
            assertEquals(2, references(runtime, PoolBundle.NAME));
            assertHeld(bundle, "flb pool-v1 (outgoing, 0 files)", "flb pool-v1 (an open outgoing handle of "
                    + context.getBundle().getSymbolicName() + ' ' + context.getBundle().getVersion() + ')');
            assertEquals(5, handle.get().applyAsLong(5));
        }
        assertUnloads(bundle);
    }

    @Test
    void anOpenFileHandleIsNoMoreThanItsFile() throws Exception {
        Bundle bundle = PoolBundle.version("1.0.0").deploy(context);
        session.preserve(1, new AtomicLong(7));
        try (FileHandle<AtomicLong> handle = session.open(1, AtomicLong.class)) {
            assertHeld(bundle, "flb pool-v1 (outgoing, 1 files)", "file 1 of outgoing session \"s\"");
            assertEquals(7, handle.get().get());
        }
    }

    @Test
    void theReferenceIsTakenBeforeTheCallbackAndReleasedAfterIt() throws Exception {
        List<Long> seen = new ArrayList<>();
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.seen");
                ProviderBundle handlers = ProviderBundle.deploy(context, "test.handlers")) {
            handlers.handler("a-v1", new TextHandler("a"), "seen-v1");
            provider.flb("seen-v1", new CountingFlb() {
                @Override
                public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
                    seen.add(references(runtime, "test.seen"));
                    return super.preserve(context);
                }

                @Override
                public void unpreserve(FlbContext context, long data, String object) {
                    seen.add(references(runtime, "test.seen"));
                }
            });
            session.preserve(1, new TextFile("a", 1));
            session.close();
            assertEquals(0, references(runtime, "test.seen"));
        }
        assertEquals(List.of(1L, 1L), seen);
    }

    @Test
    void theReferenceIsReleasedAfterACallbackThatFails() throws Exception {
        List<Long> seen = new ArrayList<>();
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.failing");
                ProviderBundle handlers = ProviderBundle.deploy(context, "test.handlers")) {
            handlers.handler("a-v1", new TextHandler("a"), "failing-v1");
            provider.flb("failing-v1", new CountingFlb() {
                @Override
                public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
                    seen.add(references(runtime, "test.failing"));
                    throw new LiveUpdateException(Errno.ENOSPC, "the test wants it");
                }
            });
            assertErrno(Errno.ENOSPC, () -> session.preserve(1, new TextFile("a", 1)));
            assertEquals(List.of(1L), seen);
            assertUnloads(provider.bundle());
            assertUnloads(handlers.bundle());
        }
    }

    @Test
    void aBundleOnItsWayOutRefusesNewUsersWithEnodev() throws Exception {
        List<String> states = new ArrayList<>();
        List<Errno> refusals = new ArrayList<>();
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.going");
                ProviderBundle handlers = ProviderBundle.deploy(context, "test.handlers")) {
            handlers.handler("a-v1", new TextHandler("a"), "going-v1");
            Session other = liveUpdate.createSession("other");
            provider.flb("going-v1", new CountingFlb() {
                @Override
                public void detach(FlbContext context, long data, String object) {
                    states.add(module("test.going"));
                    refusals.add(inAnotherThread(() -> other.preserve(2, new TextFile("a", 2))));
                }
            });
            session.preserve(1, new TextFile("a", 1));
            provider.bundle().stop();
            assertEquals(List.of("GOING"), states);
            assertEquals(List.of(Errno.ENODEV), refusals);
            assertErrno(Errno.ENODEV, () -> session.preserve(3, new TextFile("a", 3)));
            assertEquals(List.of(1L), session.tokens());
            assertEquals(List.of(), other.tokens());
            session.close(); // what waits for nobody any more needs no provider to end
            other.close();
        }
    }

    private String module(String symbolicName) {
        return Arrays.stream(runtime.getRuntimeDTO().modules).filter(dto -> dto.name.startsWith(symbolicName + ' '))
                .map(dto -> dto.state).findFirst().orElseThrow();
    }

    private static Errno inAnotherThread(Call call) {
        FutureTask<Errno> answer = new FutureTask<>(() -> errno(call));
        new Thread(answer).start();
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBundleThatIsStartingIsUsedAlready() throws Exception {
        ProviderBundle provider = ProviderBundle.deploy(context, "test.starting");
        provider.bundle().stop();
        AtomicLong states = new AtomicLong();
        SynchronousBundleListener whileStarting = event -> {
            if (event.getType() == BundleEvent.STARTING && event.getBundle() == provider.bundle()) {
                provider.handler("a-v1", new TextHandler("a"));
                states.set(event.getBundle().getState());
                preserveQuietly();
            }
        };
        context.addBundleListener(whileStarting);
        try {
            provider.bundle().start();
        } finally {
            context.removeBundleListener(whileStarting);
        }
        assertEquals(Bundle.STARTING, states.get());
        assertEquals(List.of(1L), session.tokens());
        assertEquals(1, references(runtime, "test.starting"));
        session.close();
        provider.close();
    }

    private void preserveQuietly() {
        try {
            session.preserve(1, new TextFile("a", 1));
        } catch (LiveUpdateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBundleThatIsForcedOutLeavesItsStateDetachedAndTheNextOneHasIt() throws Exception {
        Bundle bundle = PoolBundle.version("1.0.0").deploy(context);
        session.preserve(1, new AtomicLong(7));
        try (FlbHandle<LongUnaryOperator> handle = liveUpdate.getOutgoing(PoolBundle.KEY)) {
            handle.get().applyAsLong(5);
        }
        modules.unload(bundle, true);
        assertEquals(Bundle.UNINSTALLED, bundle.getState());
        assertEquals("DETACHED", flb(runtime, "pool-v1").state);
        LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> liveUpdate.getOutgoing(PoolBundle.KEY));
        assertTrue(refusal.getMessage().contains("test.pool 1.0.0 left"), refusal.getMessage());

        PoolBundle.version("1.0.0").deploy(context);
        try (FlbHandle<LongUnaryOperator> handle = liveUpdate.getOutgoing(PoolBundle.KEY);
                FileHandle<AtomicLong> file = session.open(1, AtomicLong.class)) {
            assertEquals(6, handle.get().applyAsLong(1));
            assertEquals(7, file.get().get());
        }
    }

    @Test
    void anotherBundleDoesNotTakeOverWhatOneHasLeft() throws Exception {
        modules.unload(preserving(PoolBundle.version("1.0.0")), true);
        Bundle other = PoolBundle.named("test.other", "1.0.0").deploy(context);
        assertTrue(refused(runtime, "test.other").contains("FLB pool-v1 EPERM"),
                () -> refused(runtime, "test.other").toString());
        assertErrno(Errno.ENODEV, () -> liveUpdate.getOutgoing(PoolBundle.KEY));
        other.uninstall();
        PoolBundle.version("1.0.0").deploy(context);
        liveUpdate.getOutgoing(PoolBundle.KEY).close();
    }

    private Bundle preserving(PoolBundle provider) throws Exception {
        Bundle bundle = provider.deploy(context);
        session.preserve(1, new AtomicLong(7));
        return bundle;
    }

    @Test
    void unloadingAndANewUserRaceWithExactlyTwoOutcomes() throws Exception {
        int unloaded = 0;
        for (int i = 0; i < RACES; i++) {
            try (ProviderBundle provider = ProviderBundle.deploy(context, "test.raced")) {
                provider.handler("a-v1", new TextHandler("a"), "raced-v1");
                provider.flb("raced-v1", new CountingFlb());
                CyclicBarrier start = new CyclicBarrier(2);
                FutureTask<Errno> using = new FutureTask<>(() -> {
                    start.await();
                    return errno(() -> session.preserve(1, new TextFile("a", 1)));
                });
                new Thread(using).start();
                start.await();
                Errno unloading = errno(() -> modules.unload(provider.bundle(), false));
                if (unloading == null) {
                    unloaded++;
                    assertTrue(List.of(Errno.ENODEV, Errno.ENOENT).contains(using.get()), using.get()::toString);
                    assertEquals(List.of(), session.tokens());
                } else {
                    assertEquals(Errno.EWOULDBLOCK, unloading);
                    assertEquals(null, using.get());
                    assertEquals("PRESERVED", flb(runtime, "raced-v1").state);
                    assertEquals(2, references(runtime, "test.raced"));
                    session.close();
                    session = liveUpdate.createSession("s");
                }
            }
        }
        System.out.println("unload against a new user: " + unloaded + " unloaded, " + (RACES - unloaded) + " used");
    }

    private interface Call {
        void run() throws LiveUpdateException;
    }

    private static Errno errno(Call call) {
        try {
            call.run();
            return null;
        } catch (LiveUpdateException e) {
            return e.errno();
        }
    }
}
