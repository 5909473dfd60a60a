package org.liveupdate.core.osgi;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.OptionalLong;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.kho.Pool;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The core in a framework. Once it is in charge it tracks providers first, so that what an earlier core left is attached
 * again when agents find the service. It goes in the opposite order: agents first, then what is preserved is detached and
 * committed, for the next core or the next start of the framework.
 */
@Component(immediate = true, service = {}, configurationPid = "org.liveupdate")
@Designate(ocd = ConfigurationDefinition.class)
// registered by hand, so that nobody else tells a resolver of them
@Capability(namespace = "osgi.service", effective = "active",
        attribute = "objectClass:List<String>='org.liveupdate.api.LiveUpdate'")
@Capability(namespace = "osgi.service", effective = "active",
        attribute = "objectClass:List<String>='org.liveupdate.api.Modules'")
@Capability(namespace = "osgi.service", effective = "active",
        attribute = "objectClass:List<String>='org.liveupdate.api.handover.Handover'")
@Capability(namespace = "osgi.service", effective = "active",
        attribute = "objectClass:List<String>='org.liveupdate.api.runtime.LiveUpdateRuntime'")
@Capability(namespace = "osgi.service", effective = "active",
        attribute = "objectClass:List<String>='org.liveupdate.kho.Pool'")
public final class CoreComponent {
    private final BundleContext context;
    private final LogChoice log;
    private final Orchestrator core;
    private final Storage storage;
    private final Whiteboard whiteboard;
    private final BundleModules modules;
    private final Trackers trackers;
    private final HandoverService handover;
    private final Explicit explicit;
    private final Conditions conditions;
    private final ChangeCount changes;
    private final ThisGeneration generation;
    private final FrameworkStop frameworkStop;
    private final StopNote note;
    private final Reconfiguration reconfiguration;
    /** Newest first; guarded by itself. */
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();
    /** No service is registered any more; guarded by {@link #registrations}. */
    private boolean ended;

    /**
     * Starts the core.
     *
     * @param context
     *            of this bundle
     * @param configured
     *            what Configuration Admin says
     * @throws IOException
     *             the handover directory cannot be used
     * @throws LiveUpdateException
     *             an image that an earlier run left cannot be taken over
     */
    @Activate
    public CoreComponent(BundleContext context, Map<String, Object> configured)
            throws IOException, LiveUpdateException {
        this.context = context;
        Configuration configuration = start(context, configured);
        generation = ThisGeneration.in(context);
        log = LogChoice.open(context);
        core = new Orchestrator(configuration.settings(), log);
        note = StopNote.of(context);
        StartingPlace place = StartingPlace.find(configuration.directory(), note, core.journal());
        storage = new Storage(place.directory(), configuration.directory() == null, configuration.memoryOptions(),
                core.journal());
        whiteboard = new Whiteboard(core);
        modules = new BundleModules(core, context, whiteboard::removeAllOf);
        trackers = new Trackers(context, modules, whiteboard);
        explicit = new Explicit(core);
        core.device().exclusive(configuration.isExclusive());
        reconfiguration = new Reconfiguration(core, whiteboard, context::getProperty, configuration);
        handover = new HandoverService(core, storage, whiteboard, this::inCharge);
        conditions = new Conditions(this::registerCondition,
                () -> handover.phase() == Phase.RUNNING && core.enabled(), core.overview()::isIncomingFinished);
        changes = new ChangeCount(conditions::refresh, configuration.settings().detachPatience());
        frameworkStop = new FrameworkStop(context, () -> remember(handover.stopInOrder()));
        core.onChange(changes::changed);
        core.start();
        reconfiguration.apply(configured); // says what was wrong with it, if it was
        modules.open();
        frameworkStop.open();
        boolean begun = false;
        try {
            if (!configuration.isSuccessor() || place.resumes()) {
                handover.start();
                note.remove();
            }
            changes.publishAt(
                    register(LiveUpdateRuntime.class,
                            new RuntimeService(core, whiteboard, handover, storage, generation,
                                    reconfiguration::current)));
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
                bundle -> new LiveUpdateFacade(core, modules.of(bundle), explicit),
                LiveUpdateFacade::release));
        register(Modules.class, new ModuleService(core, whiteboard, modules, context));
        register(Pool.class, new PerBundle<>(bundle -> storage.memory().pool(modules.of(bundle).name()), pool -> {}));
        conditions.refresh();
    }

    /** The configuration to start with: if what Configuration Admin says is wrong, without it. */
    private static Configuration start(BundleContext context, Map<String, Object> configured) {
        Configuration all = Configuration.of(configured, context::getProperty);
        try {
            all.check();
            return all;
        } catch (IllegalArgumentException e) {
            return new Configuration(context::getProperty);
        }
    }

    /**
     * Configuration Admin says something else.
     *
     * @param configured
     *            all of it
     */
    @Modified
    void modified(Map<String, Object> configured) {
        reconfiguration.apply(configured);
    }

    private void registerCondition(String id) {
        register(Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, id)));
    }

    private ServiceRegistration<?> register(Class<?> type, Object service) {
        return register(type, service, new Hashtable<>());
    }

    private ServiceRegistration<?> register(Class<?> type, Object service, Dictionary<String, Object> properties) {
        // Registering calls whoever waits for the service: not with our lock held.
        ServiceRegistration<?> registration = context.registerService(type.getName(), service, properties);
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
                core.journal().write(EventId.NOT_REMEMBERED, storage.path(), Errno.EIO,
                        "image " + image.getAsLong() + " is in " + storage.path()
                                + ", but the next core will look there only if liveupdate.directory says so: "
                                + e.getMessage());
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
        log.close();
    }
}
