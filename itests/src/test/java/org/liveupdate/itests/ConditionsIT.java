package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.Session;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** What a component can wait for: that live update is ready, and that everything handed over is finished. */
@OsgiTest(HandedOver.class)
@Timeout(60)
class ConditionsIT {
    private static final long PATIENCE_MILLIS = 5_000;

    @OsgiService
    LiveUpdate liveUpdate;
    BundleContext context;

    private ServiceTracker<Object, Object> condition(String id) throws InvalidSyntaxException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, context.createFilter(
                "(&(objectClass=org.osgi.service.condition.Condition)(osgi.condition.id=" + id + "))"), null);
        tracker.open(true);
        return tracker;
    }

    @Test
    void readyIsThereAtOnceAndFinishedWhenTheLastSessionIs() throws Exception {
        ServiceTracker<Object, Object> ready = condition(LiveUpdateConstants.READY_CONDITION);
        ServiceTracker<Object, Object> finished = condition(LiveUpdateConstants.INCOMING_FINISHED_CONDITION);
        assertNotNull(ready.waitForService(PATIENCE_MILLIS));

        PoolBundle.types().deploy(context);
        PoolBundle.version("1.0.0").deploy(context);
        Session session = liveUpdate.retrieveSession(HandedOver.SESSION);
        assertNull(finished.getService());
        session.finish();
        assertNotNull(finished.waitForService(PATIENCE_MILLIS));
        assertNotNull(ready.getService());
        session.close();
    }
}
