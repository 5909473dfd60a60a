package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.liveupdate.itests.support.OsgiContainer;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.ServiceEvent;

/** Configuration Admin changes the core while it runs, or is refused. */
@Timeout(60)
class ConfigurationIT {
    private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final String RUNTIME = "org.liveupdate.api.runtime.LiveUpdateRuntime";
    private static final long PATIENCE_SECONDS = 5;

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(
            () -> OptionUtils.combine(new CoreBundles().get(), onClasspath("org.apache.felix.configadmin")));
    private final CoreUser user = new CoreUser(osgi);

    private void configure(Map<String, Object> values) throws Exception {
        osgi.service(ADMIN);
        // each user has an object of its own, which is of no use any more once it is given back
        Object admin = osgi.context().getService(osgi.context().getAllServiceReferences(ADMIN, null)[0]);
        new Foreign(admin).call("getConfiguration", "org.liveupdate", "?").call("update", new Hashtable<>(values));
    }

    private Object setting(String name) throws Exception {
        return ((Map<?, ?>) user.state().get("settings").object()).get("liveupdate." + name);
    }

    /** The last event with an id, as soon as there is one. */
    private String text(String id) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        AllServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.MODIFIED && !texts(id).isEmpty()) {
                written.countDown();
            }
        };
        osgi.context().addServiceListener(listener, "(objectClass=" + RUNTIME + ')');
        try {
            if (texts(id).isEmpty()) {
                assertTrue(written.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "no event " + id);
            }
            List<String> all = texts(id);
            return all.get(all.size() - 1);
        } finally {
            osgi.context().removeServiceListener(listener);
        }
    }

    private List<String> texts(String id) {
        try {
            return user.state().get("history").each().stream().filter(event -> field(event, "id").equals(id))
                    .map(event -> field(event, "text")).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(Foreign event, String name) {
        try {
            return (String) event.get(name).object();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeadlineIsChangedWithoutARestartOfTheCore() throws Exception {
        Object started = user.state().get("generation").get("started").object();
        configure(Map.of("liveupdate.detach.timeout", 700L, "liveupdate.flb.max", 9));
        assertEquals("the configuration was changed: [liveupdate.flb.max from 63 to 9, "
                + "liveupdate.detach.timeout from 2000 to 700]", text("LU0801"));
        assertEquals("700", setting("detach.timeout"));
        assertEquals(started, user.state().get("generation").get("started").object());
    }

    @Test
    void aWrongValueIsRefusedWithTheAllowedRange() throws Exception {
        configure(Map.of("liveupdate.flb.max", 64, "liveupdate.detach.timeout", 700L));
        assertEquals("the configuration is refused, the one before stays: liveupdate.flb.max is a number from 1 to 63, "
                + "not \"64\"", text("LU0802"));
        assertEquals("2000", setting("detach.timeout"));
    }

    @Test
    void whatNeedsARestartSaysSo() throws Exception {
        configure(Map.of("liveupdate.module.rule", "registered"));
        assertEquals("these settings take effect when the core starts again: "
                + "[liveupdate.module.rule from in-use to registered]", text("LU0803"));
        assertEquals("in-use", setting("module.rule"));
    }
}
