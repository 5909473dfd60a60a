package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.itests.support.LiveUpdateBundles;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.util.tracker.ServiceTracker;

/** The PCI core in a framework in which the core of live update comes and goes. */
@Timeout(60)
@OsgiTest(PciCoreIT.Bundles.class)
class PciCoreIT {
    private static final PciAddress DEVICE = PciAddress.parse("0000:02:00.0");
    private static final long PATIENCE_MILLIS = 20_000;

    @OsgiService
    PciCore pci;
    BundleContext context;

    /** The usual runtime, and the PCI core. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new LiveUpdateBundles().get(), onClasspath("org.liveupdate.providers.pci"));
        }
    }

    /** A hook is told of a service before any listener is, the PCI core's among them. */
    @Test
    void whoeverIsTheFirstToSeeLiveUpdateMayAskForDevicesAtOnce() throws Exception {
        Bundle core = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.liveupdate.core")).findFirst().orElseThrow();
        core.stop();
        assertEquals("ENODEV", answer());
        List<String> answers = new CopyOnWriteArrayList<>();
        EventListenerHook first = (event, listeners) -> {
            String[] types = (String[]) event.getServiceReference().getProperty(Constants.OBJECTCLASS);
            if (event.getType() == ServiceEvent.REGISTERED && List.of(types).contains(LiveUpdate.class.getName())) {
                answers.add(answer());
            }
        };
        context.registerService(EventListenerHook.class, first, null);

        core.start();

        ServiceTracker<LiveUpdate, LiveUpdate> present = new ServiceTracker<>(context, LiveUpdate.class, null);
        present.open();
        assertNotNull(present.waitForService(PATIENCE_MILLIS));
        present.close();
        assertEquals(List.of("false"), answers);
    }

    private String answer() {
        try {
            return String.valueOf(pci.isIncoming(DEVICE));
        } catch (LiveUpdateException e) {
            return e.errno().name();
        }
    }
}
