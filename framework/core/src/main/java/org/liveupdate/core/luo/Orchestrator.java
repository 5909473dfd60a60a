package org.liveupdate.core.luo;

import java.util.function.Consumer;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.flight.Recorder;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.Journal;

/**
 * The live update orchestrator of one generation: registry, FLB and file life cycles, sessions, reboot. Knows nothing of
 * OSGi; a {@link Module} stands for a bundle.
 *
 * <p>
 * Thread safe. How it is synchronized stands at {@link CoreLock} (the one lock, never held during a callback),
 * {@link Serving} (one callback of an FLB at a time), {@link Turn} (one change of a session at a time) and
 * {@link Phases} (nothing changes while the state is given away).
 */
public final class Orchestrator {
    /** Written under the core lock. */
    private volatile Settings settings;
    private final Journal journal;
    private final CoreLock lock;
    private final Callbacks callbacks;
    private final HandoverAccess memory = new HandoverAccess();
    private final References references;
    private final Watchdog watchdog = new Watchdog(this);
    private final Phases phases = new Phases();
    private final Recorder recorder = Recorder.find();
    private final Timeline timeline = new Timeline(System::nanoTime, recorder);
    private final Exclusive exclusive;
    private final Registry registry;
    private final FlbNames names = new FlbNames(this);
    private final Serving serving;
    private final OutgoingFlbs outgoing;
    private final IncomingFlbs incoming;
    private final FlbHandles handles;
    private final Sessions sessions;
    private final Retrieving retrieving;
    private final Bindings bindings;
    private final OpenFiles openFiles = new OpenFiles();
    private final Detaching detaching;
    private final Attaching attaching;
    private final AgentCalls agents;
    private final OwnerCalls owners;
    private final HandoverCalls handover;
    private final Overview overview;
    private final Device device = new Device(this);
    /** Told after every change of what {@link Snapshot} shows. */
    private volatile Runnable changeListener = () -> {};

    /**
     * A generation that has inherited nothing yet.
     *
     * @param settings
     *            not null
     * @param log
     *            called for each event, in any thread, without any lock of the core
     */
    public Orchestrator(Settings settings, Consumer<Event> log) {
        this.settings = settings;
        lock = new CoreLock(settings.patience());
        journal = new Journal(log, lock::unlocked, this::changed);
        callbacks = new Callbacks(lock, journal, timeline, recorder);
        references = new References(settings.moduleRule());
        bindings = new Bindings(settings.ownership());
        exclusive = new Exclusive(lock);
        registry = new Registry(this);
        serving = new Serving(this);
        outgoing = new OutgoingFlbs(this);
        incoming = new IncomingFlbs(this);
        handles = new FlbHandles(this);
        sessions = new Sessions(this);
        Identities identities = new Identities();
        retrieving = new Retrieving(this, identities);
        detaching = new Detaching(this, identities);
        attaching = new Attaching(this, identities);
        agents = new AgentCalls(this, new Preserving(this, identities), new Discarding(this));
        owners = new OwnerCalls(this);
        handover = new HandoverCalls(this);
        overview = new Overview(this);
    }

    /**
     * Wants to be told of changes.
     *
     * @param listener
     *            called often, in any thread, possibly with the core lock held: it must not block or call back
     */
    public void onChange(Runnable listener) {
        changeListener = listener;
    }

    void changed() {
        changeListener.run();
    }

    /**
     * Other settings from now on. Whether live update is on, and the module rule, stay as they are.
     *
     * @param next
     *            not null
     * @throws LiveUpdateException
     *             {@code EBUSY} more FLBs are linked or in use than the new limit allows; nothing was changed
     */
    public void configure(Settings next) throws LiveUpdateException {
        boolean otherOwners;
        lock.lock();
        try {
            names.checkLimitLocked(next.flbLimit());
            otherOwners = settings.ownership() != next.ownership();
            settings = settings.withFlbLimit(next.flbLimit()).withPatience(next.patience())
                    .withDetachPatience(next.detachPatience()).withOwnership(next.ownership());
            lock.patience(settings.patience());
            bindings.policy(settings.ownership());
        } finally {
            lock.unlock();
        }
        watchdog.restart();
        if (otherOwners) {
            owners.arriveAgain();
        }
        changed();
    }

    /**
     * Whether live update is on.
     *
     * @return as configured
     */
    public boolean enabled() {
        return settings.enabled();
    }

    /**
     * Whether what a bundle preserved is given to that bundle only.
     *
     * @return as configured last
     */
    public boolean bindsOwners() {
        return settings.ownership() == Ownership.BOUND;
    }

    /**
     * The registry.
     *
     * @return always the same
     */
    public Registry registry() {
        return registry;
    }

    /**
     * What agents ask for.
     *
     * @return always the same
     */
    public AgentCalls agents() {
        return agents;
    }

    /**
     * What happens to bundles that own FLBs and file handlers.
     *
     * @return always the same
     */
    public OwnerCalls owners() {
        return owners;
    }

    /**
     * Taking over and giving away.
     *
     * @return always the same
     */
    public HandoverCalls handover() {
        return handover;
    }

    /**
     * What there is.
     *
     * @return always the same
     */
    public Overview overview() {
        return overview;
    }

    /**
     * The device that one agent at a time opens.
     *
     * @return always the same
     */
    public Device device() {
        return device;
    }

    /** The first use of sessions in this generation: incoming files bind to their handlers. */
    public void open() {
        sessions.open();
    }

    /** Another generation is in charge: no provider is called any more. */
    public void fence() {
        callbacks.fence();
    }

    /**
     * When the blackout ended.
     *
     * @return always the same
     */
    public Timeline timeline() {
        return timeline;
    }

    Settings settings() {
        return settings;
    }

    /**
     * What happened.
     *
     * @return always the same
     */
    public Journal journal() {
        return journal;
    }

    FlbNames names() {
        return names;
    }

    CoreLock lock() {
        return lock;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    HandoverAccess memory() {
        return memory;
    }

    /**
     * Where phases are recorded.
     *
     * @return always the same
     */
    public Recorder recorder() {
        return recorder;
    }

    /** Starts watching for slow callbacks. */
    public void start() {
        watchdog.start();
    }

    /** Stops what {@link #start()} started. */
    public void stop() {
        watchdog.stop();
    }

    Watchdog watchdog() {
        return watchdog;
    }

    References references() {
        return references;
    }

    Phases phases() {
        return phases;
    }

    Exclusive exclusive() {
        return exclusive;
    }

    Serving serving() {
        return serving;
    }

    OutgoingFlbs outgoing() {
        return outgoing;
    }

    IncomingFlbs incoming() {
        return incoming;
    }

    FlbHandles handles() {
        return handles;
    }

    Sessions sessions() {
        return sessions;
    }

    Retrieving retrieving() {
        return retrieving;
    }

    Bindings bindings() {
        return bindings;
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    Detaching detaching() {
        return detaching;
    }

    Attaching attaching() {
        return attaching;
    }

    void checkEnabled() throws LiveUpdateException {
        if (!settings.enabled()) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, "live update is switched off in this framework");
        }
    }
}
