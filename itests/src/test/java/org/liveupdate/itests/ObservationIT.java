package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.itests.e2e.Await;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** What others see of the core through the tools they have. */
@OsgiTest(ObservationBundles.class)
class ObservationIT {
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    MemfdFactory memfds;
    @OsgiService
    InventoryPrinter inventory;
    BundleContext context;

    private Session session;

    @BeforeEach
    void preserve() throws Exception {
        session = liveUpdate.createSession("vm");
        session.preserve(7, memfds.create("seven"));
    }

    @AfterEach
    void close() throws LiveUpdateException {
        session.close();
    }

    /** The service is used only while it is asked, as the executors of health checks do. */
    private Result health() {
        ServiceReference<HealthCheck> reference = context.getServiceReference(HealthCheck.class);
        Result result = context.getService(reference).execute();
        context.ungetService(reference);
        return result;
    }

    @Test
    void theHealthCheckIsOkUntilNobodyServesWhatIsPreserved() throws Exception {
        assertTrue(health().isOk(), () -> health().toString());
        Bundle provider = bundle("org.liveupdate.providers.memfd");

        provider.stop();
        assertEquals("CRITICAL", health().getStatus().name());
        assertTrue(health().toString().contains("File 7 of session vm (memfd-v2) is DETACHED: "),
                () -> health().toString());

        provider.start();
        Await.until("it is served again", () -> health().isOk());
    }

    @Test
    void theInventoryIsAnOutlineOfTheCore() {
        String text = print(Format.TEXT);

        assertTrue(text.contains("phase: RUNNING"), text);
        assertTrue(text.contains("  - name: vm\n    side: OUTGOING\n    open: true\n    files:\n      - token: 7\n"),
                text);
        assertTrue(print(Format.JSON).contains("\"name\": \"vm\""), text);
    }

    @Test
    void theMBeanHasWhatTheCoreHas() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(
                "org.liveupdate:type=Runtime,framework=" + context.getProperty(Constants.FRAMEWORK_UUID));

        CompositeData seen = ((CompositeData[]) server.getAttribute(name, "sessions"))[0];

        assertEquals("RUNNING", server.getAttribute(name, "phase"));
        assertEquals("vm", seen.get("name"));
        assertEquals(7L, ((CompositeData[]) seen.get("files"))[0].get("token"));
    }

    @Test
    void theMBeanGoesWithItsBundle() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName pattern = new ObjectName(
                "org.liveupdate:type=Runtime,framework=" + context.getProperty(Constants.FRAMEWORK_UUID));
        Bundle jmx = bundle("org.liveupdate.jmx");

        jmx.stop();
        assertEquals(Set.of(), server.queryNames(pattern, null));
        jmx.start();
        assertEquals(Set.of(pattern), server.queryNames(pattern, null));
    }

    private String print(Format format) {
        StringWriter text = new StringWriter();
        inventory.print(new PrintWriter(text, true), format, false);
        return text.toString();
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst().orElseThrow();
    }
}
