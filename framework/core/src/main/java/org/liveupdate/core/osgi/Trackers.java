package org.liveupdate.core.osgi;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Watches for FLB and file handler services. */
final class Trackers {
    private final BundleContext context;
    private final Whiteboard whiteboard;
    private final ServiceTracker<?, ?> flbs;
    private final ServiceTracker<?, ?> handlers;

    Trackers(BundleContext context, BundleModules modules, Whiteboard whiteboard) {
        this.context = context;
        this.whiteboard = whiteboard;
        this.flbs = tracker(Flb.class.getName(), (reference, service) -> {
            Module module = modules.of(reference.getBundle());
            return Offer.of(reference, module, new FlbRuntime(Offer.compatible(reference), (Flb<?>) service, module));
        });
        this.handlers = tracker(FileHandler.class.getName(), (reference, service) -> {
            Module module = modules.of(reference.getBundle());
            return Offer.of(reference, module,
                    new HandlerRuntime(Offer.compatible(reference), (FileHandler<?>) service, module));
        });
    }

    void open() {
        flbs.open();
        handlers.open();
    }

    void close() {
        handlers.close();
        flbs.close();
    }

    private ServiceTracker<Object, AtomicReference<Offer>> tracker(String type,
            BiFunction<ServiceReference<?>, Object, Offer> maker) {
        return new ServiceTracker<>(context, type, new ServiceTrackerCustomizer<Object, AtomicReference<Offer>>() {
            @Override
            public AtomicReference<Offer> addingService(ServiceReference<Object> reference) {
                Object service = context.getService(reference);
                if (service == null) {
                    return null;
                }
                Offer offer = maker.apply(reference, service);
                whiteboard.add(offer);
                return new AtomicReference<>(offer);
            }

            @Override
            public void modifiedService(ServiceReference<Object> reference, AtomicReference<Offer> offer) {
                if (offer.get().hasSameName()) {
                    whiteboard.changed(offer.get());
                    return;
                }
                // another name is leave and return
                whiteboard.remove(offer.get());
                Object service = context.getService(reference);
                if (service != null) {
                    context.ungetService(reference);
                    offer.set(maker.apply(reference, service));
                    whiteboard.add(offer.get());
                }
            }

            @Override
            public void removedService(ServiceReference<Object> reference, AtomicReference<Offer> offer) {
                whiteboard.remove(offer.get());
                context.ungetService(reference);
            }
        });
    }
}
