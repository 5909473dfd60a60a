package org.liveupdate.core.osgi;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;

/** Notices that the framework is about to stop, before any bundle does. */
final class FrameworkStop implements SynchronousBundleListener {
    private final BundleContext context;
    private final Runnable action;

    FrameworkStop(BundleContext context, Runnable action) {
        this.context = context;
        this.action = action;
    }

    void open() {
        context.addBundleListener(this);
    }

    void close() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING
                && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            action.run();
        }
    }
}
