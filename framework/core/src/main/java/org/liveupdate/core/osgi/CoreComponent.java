package org.liveupdate.core.osgi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.kho.Pool;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The core in a framework. Once it is in charge it tracks providers first, so that what an earlier core left is attached
 * again when agents find the service. It goes in the opposite order: agents first, then what is preserved is detached and
 * committed, for the next core or the next start of the framework.
 */
@Component(immediate = true, service = {})
public final class CoreComponent {
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
    private final StopNote note;
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
        note = StopNote.of(context);
        StartingPlace place = StartingPlace.find(configuration.directory(), note, core::warn);
        log.log(Level.DEBUG, "handover memory is in " + place.directory().where());
        storage = new Storage(place.directory(), configuration.directory() == null, configuration.memoryOptions(),
                core::warn);
        whiteboard = new Whiteboard(core);
        modules = new BundleModules(core, context, whiteboard::removeAllOf);
        trackers = new Trackers(context, modules, whiteboard);
        explicit = new Explicit(core);
        exclusive = configuration.isExclusive();
        handover = new HandoverService(core, storage, whiteboard, this::inCharge);
        frameworkStop = new FrameworkStop(context, () -> remember(handover.stopInOrder()));
        core.onChange(changes::changed);
        core.start();
        modules.open();
        frameworkStop.open();
        boolean begun = false;
        try {
            if (!configuration.isSuccessor() || place.resumes()) {
                handover.start();
                note.remove();
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

    private void inCharge() {
        trackers.open();
        // The blackout lasts until an agent has retrieved: what agents wait for comes first.
        register(LiveUpdate.class, new PerBundle<>(
                bundle -> new LiveUpdateFacade(core, modules.of(bundle), explicit, exclusive),
                LiveUpdateFacade::release));
        register(Modules.class, new ModuleService(core, whiteboard, modules, context));
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

    private void remember(OptionalLong image) {
        if (image.isPresent()) {
            try {
                note.write(new StopNote.Left(storage.path(), image.getAsLong()));
            } catch (IOException e) {
                core.warn("image " + image.getAsLong() + " is in " + storage.path()
                        + ", but the next core will look there "
                        + "only if liveupdate.directory says so: " + e.getMessage());
            }
        }
    }

    @Deactivate
    void deactivate() {
        boolean frameworkStops = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
        if (frameworkStops) {
            remember(handover.stopInOrder());
        }
        changes.close();
        // what agents have open is closed for them, and need not be waited for
        unregisterAll();
        if (!frameworkStops) {
            remember(handover.stopAlone());
        }
        trackers.close();
        frameworkStop.close();
        modules.close();
        handover.close();
        core.stop();
    }
}
