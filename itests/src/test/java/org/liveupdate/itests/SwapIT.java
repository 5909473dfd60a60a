package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.Outcomes.assertErrno;
import static org.liveupdate.itests.Outcomes.flb;
import static org.liveupdate.itests.Outcomes.references;
import static org.liveupdate.itests.Outcomes.refused;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** One version of a provider bundle takes the place of another in the running framework. */
@OsgiTest(CoreBundles.class)
@Timeout(60)
class SwapIT {
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    BundleContext context;
    private Session session;
    private Bundle old;

    @BeforeEach
    void deploy() throws Exception {
        PoolBundle.types().deploy(context);
        old = PoolBundle.version("1.0.0").deploy(context);
        session = liveUpdate.createSession("s");
    }

    @AfterEach
    void remove() throws Exception {
        session.close();
        PoolBundle.removeAll(context);
        assertEquals(0, runtime.getRuntimeDTO().memory.usedPages);
    }

    private void preserve() throws LiveUpdateException {
        session.preserve(1, new AtomicLong(7));
        session.preserve(2, new AtomicLong(8));
        assertEquals(5, count(5));
    }

    private long count(long added) throws LiveUpdateException {
        try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY)) {
            return pool.get().applyAsLong(added);
        }
    }

    private Bundle swap(Bundle from, PoolBundle to) throws LiveUpdateException, IOException {
        return modules.swap(from, PoolBundle.location(), to.content());
    }

    /** Both files, the count and the owner. */
    private void assertServedBy(Bundle bundle, long count) throws LiveUpdateException {
        assertEquals(Bundle.ACTIVE, bundle.getState());
        try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY);
                FileHandle<AtomicLong> first = session.open(1, AtomicLong.class);
                FileHandle<AtomicLong> second = session.open(2, AtomicLong.class)) {
            assertEquals("pool of " + bundle.getVersion(), pool.get().toString());
            assertEquals(count, pool.get().applyAsLong(0));
            assertEquals(7, first.get().get());
            assertEquals(8, second.get().get());
        }
        assertEquals(3, references(runtime, bundle.getSymbolicName()));
        assertEquals(List.of("flb pool-v1 (outgoing, 2 files)", "2 files [1, 2] of outgoing session \"s\""),
                modules.holders(bundle));
    }

    private void assertNothingChanged(long installed) throws LiveUpdateException {
        assertEquals(installed, context.getBundles().length);
        assertServedBy(old, 5);
        session.preserve(3, new AtomicLong(9));
    }

    @Test
    void theNextVersionTakesOverFilesAndFlbsAndTheOneBeforeTakesThemBack() throws Exception {
        preserve();
        Bundle next = swap(old, PoolBundle.version("2.0.0"));
        assertEquals(Bundle.UNINSTALLED, old.getState());
        assertServedBy(next, 5);
        assertEquals(6, count(1));
        Bundle back = swap(next, PoolBundle.version("1.0.0"));
        assertEquals(Bundle.UNINSTALLED, next.getState());
        assertServedBy(back, 6);
        session.preserve(3, new AtomicLong(9));
        assertEquals(List.of(), refused(runtime, PoolBundle.NAME));
    }

    @Test
    void whatTheNextVersionNeedsIsLoadedBeforeAnybodyWaits() throws Exception {
        preserve();
        List<Boolean> inCallbacks = new CopyOnWriteArrayList<>();
        WeavingHook hook = loaded -> {
            if (loaded.getClassName().endsWith(".CountingPool")) {
                inCallbacks.add(StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("retrieve"))));
            }
        };
        ServiceRegistration<WeavingHook> watching = context.registerService(WeavingHook.class, hook, null);
        try {
            swap(old, PoolBundle.version("2.0.0"));
        } finally {
            watching.unregister();
        }
        assertEquals(List.of(false), inCallbacks);
    }

    @Test
    void aProviderThatNobodyUsesIsReplacedToo() throws Exception {
        Bundle next = swap(old, PoolBundle.version("2.0.0"));
        assertEquals(Bundle.UNINSTALLED, old.getState());
        assertEquals("test.pool 2.0.0", flb(runtime, "pool-v1").module);
        preserve();
        assertServedBy(next, 5);
    }

    @Test
    void aVersionThatCannotRetrieveTheFlbLeavesTheOldOneInCharge() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        assertErrno(Errno.EPROTO, () -> swap(old, PoolBundle.version("2.0.0").failing("flb")));
        assertNothingChanged(installed);
    }

    @Test
    void aVersionThatCannotRetrieveAFileLeavesTheOldOneInCharge() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        assertErrno(Errno.EPROTO, () -> swap(old, PoolBundle.version("2.0.0").failing("handler")));
        assertNothingChanged(installed);
    }

    @Test
    void aVersionThatLacksAStringInUseIsRefusedWithEinvalAndTheStringIsNamed() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        LiveUpdateException refusal = assertErrno(Errno.EINVAL,
                () -> swap(old, PoolBundle.version("2.0.0").without("flb")));
        assertTrue(refusal.getMessage().contains("FLB pool-v1"), refusal.getMessage());
        refusal = assertErrno(Errno.EINVAL, () -> swap(old, PoolBundle.version("2.0.0").without("handler")));
        assertTrue(refusal.getMessage().contains("handler number-v1"), refusal.getMessage());
        assertNothingChanged(installed);
    }

    @Test
    void thePlanForAJarSaysBeforehandWhatItLacksAndLeavesNothingBehind() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        BundleJar heir = new BundleJar("test.heir", "2.0.0");
        assertPlanned(heir, "does not declare what is in use: [handler number-v1, FLB pool-v1]");
        heir.header(Constants.PROVIDE_CAPABILITY, "liveupdate.handler;compatible=\"number-v1\"");
        assertPlanned(heir, "does not declare what is in use: [FLB pool-v1]");
        heir.header(Constants.PROVIDE_CAPABILITY, "liveupdate.handler;compatible=\"number-v1\","
                + "liveupdate.flb;compatible=\"pool-v1\"");
        assertEquals(List.of(), modules.plan(old, PoolBundle.location(), heir.content()));
        assertPlanned(heir.header(Constants.IMPORT_PACKAGE, "not.there"), "does not resolve");
        assertPlanned(new BundleJar("", "no version"), "cannot be installed");
        assertNothingChanged(installed);
    }

    private void assertPlanned(BundleJar heir, String obstacle) throws IOException {
        List<String> plan = modules.plan(old, PoolBundle.location(), heir.content());
        assertEquals(1, plan.size(), plan::toString);
        assertTrue(plan.get(0).contains(obstacle), plan::toString);
    }

    @Test
    void aBundleThatIsNoneOrDoesNotResolveOrHasTheLocationOfAnotherIsRefusedWithEinval() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        assertErrno(Errno.EINVAL,
                () -> modules.swap(old, PoolBundle.location(), new BundleJar("", "no version").content()));
        assertErrno(Errno.EINVAL, () -> modules.swap(old, PoolBundle.location(),
                new BundleJar("test.missing", "1.0.0").header("Import-Package", "not.there").content()));
        assertErrno(Errno.EINVAL,
                () -> modules.swap(old, old.getLocation(), PoolBundle.version("2.0.0").content()));
        assertNothingChanged(installed);
    }

    @Test
    void aProviderThatOthersAreWiredToIsRefusedWithEbusyAndThePlanSaysSoBefore() throws Exception {
        assertEquals(List.of(), modules.plan(old));
        Bundle exporting = swap(old, PoolBundle.exporting("1.5.0"));
        Bundle user = PoolBundle.user(1, "[2,3)").deploy(context);
        assertEquals(1, modules.plan(exporting).size());
        assertTrue(modules.plan(exporting).get(0).contains("test.user-1"), modules.plan(exporting)::toString);
        LiveUpdateException refusal = assertErrno(Errno.EBUSY, () -> swap(exporting, PoolBundle.version("2.0.0")));
        assertTrue(refusal.getMessage().contains("test.user-1"), refusal.getMessage());
        assertEquals(Bundle.ACTIVE, exporting.getState());
        assertEquals(Bundle.ACTIVE, user.getState());
    }

    @Test
    void aBundleOfAnotherNameIsBoundToTheStateByASwapAndByNothingElse() throws Exception {
        preserve();
        Bundle other = PoolBundle.named("test.other", "1.0.0").deploy(context);
        old.stop();
        assertTrue(refused(runtime, "test.other").contains("FLB pool-v1 EPERM"),
                () -> refused(runtime, "test.other").toString());
        assertErrno(Errno.ENODEV, () -> count(0));
        other.uninstall();
        old.start();
        assertServedBy(old, 5);

        Bundle next = swap(old, PoolBundle.named("test.other", "2.0.0"));
        assertServedBy(next, 5);
        next.stop();
        assertErrno(Errno.ENODEV, () -> count(0));
        next.start();
        assertServedBy(next, 5);
    }

    @Test
    void aBundleWhoseSwapWasRefusedHasNotBecomeAnHeir() throws Exception {
        preserve();
        assertErrno(Errno.EPROTO, () -> swap(old, PoolBundle.named("test.other", "2.0.0").failing("flb")));
        old.stop();
        Bundle other = PoolBundle.named("test.other", "2.0.0").deploy(context);
        assertTrue(refused(runtime, "test.other").contains("FLB pool-v1 EPERM"),
                () -> refused(runtime, "test.other").toString());
        assertErrno(Errno.ENODEV, () -> count(0));
        other.uninstall();
        old.start();
        assertServedBy(old, 5);
    }

    @Test
    void whatABundleThatHasGoneLeftIsGivenToAnotherByASwap() throws Exception {
        preserve();
        old.uninstall();
        Bundle next = swap(old, PoolBundle.named("test.heir", "2.0.0"));
        assertServedBy(next, 5);
    }

    @Test
    void aBundleThatIsStoppedIsReplacedAndWhatItLeftIsAttached() throws Exception {
        preserve();
        old.stop();
        Bundle next = swap(old, PoolBundle.version("2.0.0"));
        assertEquals(Bundle.UNINSTALLED, old.getState());
        assertServedBy(next, 5);
    }

    @Test
    void anOpenHandleRefusesTheSwapWithEbusyAndSaysWhoHasIt() throws Exception {
        preserve();
        long installed = context.getBundles().length;
        try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY)) {
            LiveUpdateException refusal = assertErrno(Errno.EBUSY, () -> swap(old, PoolBundle.version("2.0.0")));
            assertTrue(refusal.getMessage().contains(context.getBundle().getSymbolicName()), refusal.getMessage());
            assertEquals(5, pool.get().applyAsLong(0));
        }
        assertNothingChanged(installed);
    }

    @Test
    void theJarIsClosedEvenWhenItIsRefusedUnread() throws Exception {
        AtomicLong closed = new AtomicLong();
        InputStream content = new FilterInputStream(PoolBundle.version("2.0.0").content()) {
            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        };
        assertErrno(Errno.EINVAL, () -> modules.swap(old, old.getLocation(), content));
        assertTrue(closed.get() > 0);
    }

    @Test
    void theApiIsNotReplacedBecauseEverybodyWouldBeRefreshedAndTheRefusalSaysToKexec() throws Exception {
        for (String name : List.of("org.liveupdate.api", "org.liveupdate.kho")) {
            LiveUpdateException refusal =
                    assertErrno(Errno.EBUSY, () -> swap(bundle(name), PoolBundle.version("2.0.0")));
            assertTrue(refusal.getMessage().contains("kexec"), refusal.getMessage());
            assertIsUntouched(bundle(name));
        }
    }

    @Test
    void theCoreIsNotReplacedByItself() throws Exception {
        Bundle core = bundle("org.liveupdate.core");
        assertErrno(Errno.EPERM, () -> swap(core, PoolBundle.version("2.0.0")));
        assertIsUntouched(core);
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(each -> name.equals(each.getSymbolicName())).findFirst()
                .orElseThrow();
    }

    /** Nor is it unloaded by force, and the plan says so. */
    private void assertIsUntouched(Bundle bundle) throws LiveUpdateException {
        assertErrno(Errno.EPERM, () -> modules.unload(bundle, true));
        assertTrue(modules.plan(bundle).get(0).contains("part of live update"), modules.plan(bundle)::toString);
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals(List.of("1.0.0"), Arrays.stream(context.getBundles())
                .filter(each -> PoolBundle.NAME.equals(each.getSymbolicName()))
                .map(each -> each.getVersion().toString()).toList());
    }
}
