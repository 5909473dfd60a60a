package org.liveupdate.providers.record.internal;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.providers.api.record.Records;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the service {@link Records} as soon as every record that was handed over is taken over or refused. The core has to
 * know the handler before, and may learn of it after this component was activated: so it looks again at every change.
 */
@Component(service = {}, immediate = true)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.liveupdate.providers.api.record.Records\"", uses = Records.class)
public final class RecordsComponent {

    private static final Optional<ServiceRegistration<Records>> NEVER_AGAIN = Optional.empty();

    private final BundleContext context;
    private final RecordSessions sessions;
    /** Changes not looked at yet: whoever finds none before his own looks for all. */
    private final AtomicInteger changes = new AtomicInteger();
    /** Null until DS has bound it. */
    private volatile LiveUpdateRuntime runtime;
    /** Nothing is left to be taken over; written by whoever looks. */
    private volatile boolean done;
    /** Null until the service is offered, {@link #NEVER_AGAIN} once this is deactivated. */
    private final AtomicReference<Optional<ServiceRegistration<Records>>> offered = new AtomicReference<>();

    /** Called by DS. */
    @Activate
    public RecordsComponent(BundleContext context, @Reference LiveUpdate liveUpdate) {
        this.context = context;
        this.sessions = new RecordSessions(liveUpdate);
    }

    @Reference
    void bindRuntime(LiveUpdateRuntime service) {
        runtime = service;
    }

    /** SCR may tell of a change before it binds; the activation that follows looks for it. */
    void updatedRuntime(LiveUpdateRuntime service) {
        if (runtime != null) {
            look();
        }
    }

    @Activate
    void look() {
        if (changes.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = changes.get();
            if (!done && isHandlerKnown()) {
                done = sessions.takeOver();
                offer();
            }
        } while (!changes.compareAndSet(seen, 0));
    }

    private boolean isHandlerKnown() {
        return Arrays.stream(runtime.getRuntimeDTO().handlers)
                .anyMatch(handler -> handler.registered && handler.compatible.equals(RecordLayout.COMPATIBLE));
    }

    /** At most once. */
    private void offer() {
        if (offered.get() == null) {
            Optional<ServiceRegistration<Records>> fresh =
                    Optional.of(context.registerService(Records.class, new Factory(sessions), null));
            if (!offered.compareAndSet(null, fresh)) {
                fresh.get().unregister();
            }
        }
    }

    @Deactivate
    void deactivate() {
        Optional<ServiceRegistration<Records>> last = offered.getAndSet(NEVER_AGAIN);
        if (last != null) {
            last.ifPresent(ServiceRegistration::unregister);
        }
    }

    /** Gives each bundle an object of its own. */
    private record Factory(RecordSessions sessions) implements ServiceFactory<Records> {

        @Override
        public Records getService(Bundle bundle, ServiceRegistration<Records> registration) {
            return new BundleRecords(sessions, bundle.getSymbolicName() + " " + bundle.getVersion());
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Records> registration, Records service) {
            ((BundleRecords) service).abandon();
        }
    }
}
