package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.liveupdate.itests.support.LiveUpdateBundles;
import org.liveupdate.itests.support.OsgiContainer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Our bundles in a container, seen from outside. */
class DeploymentIT {
    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(new LiveUpdateBundles());

    @Test
    void everyBundleIsActive(BundleContext context) {
        List<String> idle = Arrays.stream(context.getBundles()).filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName).toList();

        assertEquals(List.of(), idle);
    }

    @Test
    void declarativeServicesAreThere() throws Exception {
        assertNotNull(osgi.service("org.osgi.service.component.runtime.ServiceComponentRuntime"));
    }

    @Test
    void aProviderIsDeployedAndRemoved() throws Exception {
        osgi.bundle("org.liveupdate.providers.memfd").uninstall();

        Bundle again = osgi.deploy("org.liveupdate.providers.memfd");

        assertEquals(Bundle.ACTIVE, again.getState());
        again.uninstall();
        assertEquals(Bundle.UNINSTALLED, again.getState());
    }
}
