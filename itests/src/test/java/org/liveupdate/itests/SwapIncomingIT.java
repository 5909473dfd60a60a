package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.itests.Outcomes.assertErrno;
import static org.liveupdate.itests.Outcomes.references;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.Errno;
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

/** What version 1 left in the generation before is served by version 2, and that replaced, before it is finished. */
@OsgiTest(HandedOver.class)
@Timeout(60)
class SwapIncomingIT {
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    BundleContext context;

    private void assertPool(String version) throws LiveUpdateException {
        try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getIncoming(PoolBundle.KEY)) {
            assertEquals("pool of " + version, pool.get().toString());
            assertEquals(5, pool.get().applyAsLong(0));
        }
    }

    /** One story, because an image is handed over once. */
    @Test
    void aLiveIncomingSideIsUpgradedByTheUpdateThenReplacedAndPinsItsProviderUntilItIsFinished() throws Exception {
        PoolBundle.types().deploy(context);
        Bundle other = PoolBundle.named("test.other", "2.0.0").deploy(context);
        assertErrno(Errno.EPERM, () -> liveUpdate.getIncoming(PoolBundle.KEY));
        other.uninstall();

        Bundle second = PoolBundle.version("2.0.0").deploy(context);
        assertPool("2.0.0");
        Session session = liveUpdate.retrieveSession(HandedOver.SESSION);
        assertEquals(7, session.retrieve(1, AtomicLong.class).get());
        assertEquals(List.of("flb pool-v1 (incoming, 2 files)", "2 files [1, 2] of incoming session \"handed over\""),
                modules.holders(second));
        assertErrno(Errno.EWOULDBLOCK, () -> modules.unload(second, false));

        Bundle third = modules.swap(second, PoolBundle.location(), PoolBundle.version("3.0.0").content());
        assertPool("3.0.0");
        assertErrno(Errno.EPROTO, () -> modules.swap(third, PoolBundle.location(),
                PoolBundle.version("4.0.0").failing("handler").content()));
        assertPool("3.0.0");
        Bundle back = modules.swap(third, PoolBundle.location(), PoolBundle.version("1.0.0").content());
        assertPool("1.0.0");
        assertEquals(7, session.retrieve(1, AtomicLong.class).get());
        assertEquals(8, session.retrieve(2, AtomicLong.class).get());
        assertEquals(3, references(runtime, PoolBundle.NAME));

        session.finish();
        session.close();
        assertEquals(List.of(), modules.holders(back));
        modules.unload(back, false);
        assertEquals(0, runtime.getRuntimeDTO().memory.usedPages);
    }
}
