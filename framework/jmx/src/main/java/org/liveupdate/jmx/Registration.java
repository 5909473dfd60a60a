package org.liveupdate.jmx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Registers the MBean in the platform's server while there is a core, as
 * {@code org.liveupdate:type=Runtime,framework=<framework UUID>}: a JVM can have several frameworks.
 */
@Component(service = {}, immediate = true)
public final class Registration {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    /**
     * Called by DS.
     *
     * @throws JMException
     *             it cannot be registered
     */
    @Activate
    public Registration(BundleContext context, @Reference LiveUpdateRuntime runtime) throws JMException {
        name = new ObjectName("org.liveupdate:type=Runtime,framework=" + context.getProperty(Constants.FRAMEWORK_UUID));
        server.registerMBean(new RuntimeMBean(runtime), name);
    }

    /** Called by DS. */
    @Deactivate
    public void deactivate() throws JMException {
        server.unregisterMBean(name);
    }
}
