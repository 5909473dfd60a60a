package org.liveupdate.kexec;

import java.time.Duration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/** The framework that this bundle is in. */
final class OsgiFramework implements FrameworkControl {
    private final Framework framework;

    OsgiFramework(BundleContext context) {
        framework = context.getBundle(0).adapt(Framework.class);
    }

    @Override
    public void stop() {
        try {
            framework.stop();
        } catch (BundleException e) {
            System.err.println("liveupdate: the framework does not stop: " + e);
        }
    }

    @Override
    public boolean awaitStop(Duration limit) {
        try {
            return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isEnding();
        }
    }

    /** As its launcher sees it, which ends the JVM when this wait is over. */
    @Override
    public boolean isStopped() {
        return awaitStop(Duration.ofMillis(1));
    }

    /** Whether it is stopping, or has stopped. */
    boolean isEnding() {
        return (framework.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0;
    }
}
