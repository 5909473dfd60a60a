package org.liveupdate.core.osgi;

import java.util.function.Consumer;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId.Severity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.util.tracker.ServiceTracker;

/** Logs to the OSGi log service while there is one. Loaded only where its package is there. */
final class ServiceLog implements Consumer<Event>, AutoCloseable {
    private final Consumer<Event> otherwise;
    private final ServiceTracker<LogService, LogService> services;

    ServiceLog(BundleContext context, Consumer<Event> otherwise) {
        this.otherwise = otherwise;
        services = new ServiceTracker<>(context, LogService.class, null) {
            @Override
            public LogService addingService(ServiceReference<LogService> reference) {
                // The framework's own (Equinox has one) shows nothing to anybody who does not ask for it.
                boolean ofFramework = reference.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
                return ofFramework ? null : super.addingService(reference);
            }
        };
        services.open();
    }

    @Override
    public void accept(Event event) {
        LogService service = services.getService();
        if (service == null) {
            otherwise.accept(event);
            return;
        }
        Logger logger = service.getLogger("org.liveupdate.core");
        if (event.id().severity() == Severity.WARNING) {
            logger.warn("{} {}", event.id(), event.text());
        } else {
            logger.info("{} {}", event.id(), event.text());
        }
    }

    @Override
    public void close() {
        services.close();
    }
}
