package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Our bundles in a container, seen by another bundle. */
@OsgiTest
class RuntimeIT {
    @OsgiService
    LiveUpdate liveUpdate;
    BundleContext context;

    @BeforeEach
    void runsInsideABundle() {
        assertSame(context.getBundle(), FrameworkUtil.getBundle(RuntimeIT.class));
    }

    @Test
    void theServiceIsTheCoresAndItsTypeTheApis() {
        assertEquals("org.liveupdate.core", bundleOf(liveUpdate.getClass()));
        assertEquals("org.liveupdate.api", bundleOf(LiveUpdate.class));
    }

    private static String bundleOf(Class<?> type) {
        return FrameworkUtil.getBundle(type).getSymbolicName();
    }
}
