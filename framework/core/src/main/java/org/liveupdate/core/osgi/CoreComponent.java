package org.liveupdate.core.osgi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.image.HandoverDirectory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The core in a framework. Registers its own services first and tracks providers after, so that no provider ever needs
 * the core to come up and none is seen half.
 */
@Component(immediate = true, service = {})
public final class CoreComponent {
    private static final long DEFAULT_BYTES_WANTED = 1L << 30;

    private final Logger log = System.getLogger("org.liveupdate.core");
    private final BundleContext context;
    private final Orchestrator core;
    private final Storage storage;
    private final Whiteboard whiteboard;
    private final BundleModules modules;
    private final Trackers trackers;
    private final HandoverService handover;
    private final Explicit explicit;
    private final ChangeCount changes = new ChangeCount();
    private final FrameworkStop frameworkStop;
    private final boolean exclusive;
    /** Newest first; guarded by itself. */
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();
    /** No service is registered any more; guarded by {@link #registrations}. */
    private boolean ended;

    /**
     * Starts the core.
     *
     * @param context
     *            of this bundle
     * @throws IOException
     *             the handover directory cannot be used
     * @throws LiveUpdateException
     *             an image that an earlier run left cannot be taken over
     */
    @Activate
    public CoreComponent(BundleContext context) throws IOException, LiveUpdateException {
        this.context = context;
        Configuration configuration = new Configuration(context::getProperty);
        core = new Orchestrator(configuration.settings(), text -> log.log(Level.WARNING, text));
        Path configured = configuration.directory();
        storage = new Storage(configured == null ? privateDirectory() : HandoverDirectory.open(configured),
                configured == null, configuration.memoryOptions(), core::warn);
        whiteboard = new Whiteboard(core);
        modules = new BundleModules(core, context);
        trackers = new Trackers(context, modules, whiteboard);
        explicit = new Explicit(core);
        exclusive = configuration.isExclusive();
        handover = new HandoverService(core, storage, whiteboard, this::inCharge);
        frameworkStop = new FrameworkStop(context, handover::stopInOrder);
        core.onChange(changes::changed);
        core.start();
        modules.open();
        frameworkStop.open();
        boolean begun = false;
        try {
            if (!configuration.isSuccessor()) {
                handover.start();
            }
            changes.publishAt(
                    register(LiveUpdateRuntime.class, new RuntimeService(core, whiteboard, handover, storage)));
            register(Handover.class, handover);
            trackers.open();
            begun = true;
        } finally {
            if (!begun) {
                deactivate();
            }
        }
    }

    private HandoverDirectory privateDirectory() throws IOException {
        HandoverDirectory created = HandoverDirectory.createDefault(DEFAULT_BYTES_WANTED);
        log.log(Level.DEBUG, "no liveupdate.directory is configured: handover memory is in " + created.where());
        return created;
    }

    private void inCharge() {
        // The blackout lasts until an agent has retrieved: what agents wait for comes first.
        register(LiveUpdate.class, new PerBundle<>(
                bundle -> new LiveUpdateFacade(core, modules.of(bundle), explicit, exclusive),
                LiveUpdateFacade::release));
        register(Pool.class, new PerBundle<>(bundle -> storage.memory().pool(modules.of(bundle).name()), pool -> {}));
    }

    private ServiceRegistration<?> register(Class<?> type, Object service) {
        // Registering calls whoever waits for the service: not with our lock held.
        ServiceRegistration<?> registration = context.registerService(type.getName(), service, null);
        boolean late;
        synchronized (registrations) {
            late = ended;
            if (!late) {
                registrations.push(registration);
            }
        }
        if (late) {
            registration.unregister();
        }
        return registration;
    }

    private void unregisterAll() {
        Deque<ServiceRegistration<?>> all;
        synchronized (registrations) {
            ended = true;
            all = new ArrayDeque<>(registrations);
            registrations.clear();
        }
        all.forEach(ServiceRegistration::unregister);
    }

    @Deactivate
    void deactivate() {
        handover.stopInOrder();
        changes.close();
        trackers.close();
        unregisterAll();
        frameworkStop.close();
        modules.close();
        handover.close();
        core.stop();
    }
}
