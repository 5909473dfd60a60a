package org.liveupdate.demo;

import org.liveupdate.demo.run.Services;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Tells {@link Services} of the services of one type. */
final class Watch<T> extends ServiceTracker<T, T> {
    private final Class<T> type;
    private final Services services;

    /** Begins to watch. */
    Watch(BundleContext context, Class<T> type, Services services) {
        super(context, type, null);
        this.type = type;
        this.services = services;
        open();
    }

    @Override
    public T addingService(ServiceReference<T> reference) {
        T service = super.addingService(reference);
        if (service != null) {
            services.arrived(type, service);
        }
        return service;
    }

    /** Its properties say that something about it has changed. */
    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {
        services.changed();
    }

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
        services.left(type, service);
        super.removedService(reference, service);
    }
}
