package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.Outcomes.assertErrno;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The rule of {@link ModuleReferencesIT} for what was handed over. */
@OsgiTest(HandedOver.class)
@Timeout(60)
class IncomingReferenceIT {
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    Modules modules;
    BundleContext context;

    @Test
    void aBundleWhoseFlbIsLiveOnTheIncomingSideIsNotUnloadedUntilItIsFinished() throws Exception {
        PoolBundle.types().deploy(context);
        Bundle flbs = PoolBundle.version("1.0.0").without("handler").deploy(context);
        Bundle handlers = PoolBundle.version("1.0.1").without("flb").deploy(context);
        assertEquals(List.of(), modules.holders(flbs), "before anybody asks");

        liveUpdate.getIncoming(PoolBundle.KEY).close();

        String holder = "flb pool-v1 (incoming, 2 files)";
        assertEquals(List.of(holder), modules.holders(flbs));
        LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK, () -> modules.unload(flbs, false));
        assertTrue(refusal.getMessage().contains(holder), refusal.getMessage());
        assertEquals(Bundle.ACTIVE, flbs.getState());

        liveUpdate.retrieveSession(HandedOver.SESSION).close();
        assertEquals(List.of(), modules.holders(flbs));
        modules.unload(flbs, false);
        modules.unload(handlers, false);
    }
}
