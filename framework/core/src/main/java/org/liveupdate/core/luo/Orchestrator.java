package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.kho.HandoverMemory;

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
    private final Settings settings;
    private final Journal journal;
    private final CoreLock lock;
    private final Callbacks callbacks;
    private final HandoverAccess memory = new HandoverAccess();
    private final References references;
    private final Watchdog watchdog = new Watchdog(this);
    private final Phases phases = new Phases();
    private final Timeline timeline = new Timeline(System::nanoTime);
    private final Exclusive exclusive;
    private final Registry registry;
    private final Serving serving;
    private final OutgoingFlbs outgoing;
    private final IncomingFlbs incoming;
    private final FlbHandles handles;
    private final Sessions sessions;
    private final Preserving preserving;
    private final Retrieving retrieving;
    private final Bindings bindings;
    private final OpenFiles openFiles = new OpenFiles();
    private final Detaching detaching;
    private final Attaching attaching;
    private final Swapping swapping;
    private final Reboot reboot;
    private final Device device = new Device(this);
    /** FLBs that are offered but linked to nothing, by name: an accessor may find them all the same. */
    private final Map<String, FlbRuntime> unlinked = new ConcurrentHashMap<>();
    /** Told after every change of what {@link Snapshot} shows. */
    private volatile Runnable changeListener = () -> {};
    /** Written under the core lock. */
    private volatile long number;

    /**
     * A generation that has inherited nothing yet.
     *
     * @param settings
     *            not null
     * @param journal
     *            not null
     */
    public Orchestrator(Settings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
        lock = new CoreLock(settings.patience());
        callbacks = new Callbacks(lock, journal);
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
        preserving = new Preserving(this, identities);
        retrieving = new Retrieving(this, identities);
        detaching = new Detaching(this, identities);
        attaching = new Attaching(this, identities);
        swapping = new Swapping(this);
        reboot = new Reboot(this);
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
     * Takes over what the previous generation left. Once, before anything is retrieved.
     *
     * @param image
     *            of the previous generation
     */
    public void inherit(ImageModel image) {
        lock.lock();
        try {
            number = image.updates();
            if (number > 0) {
                incoming.inheritLocked(image.flbs());
                sessions.inheritLocked(image.sessions());
            }
            if (image.resume() != null) {
                new Resuming(this).inheritLocked(image.resume());
            }
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Takes over the update number only: live update is off in this generation.
     *
     * @param inherited
     *            the number
     */
    public void inheritNumber(long inherited) {
        number = inherited;
    }

    /**
     * Handover memory is there.
     *
     * @param attached
     *            not null
     */
    public void attach(HandoverMemory attached) {
        memory.attach(attached);
    }

    /**
     * The bundle's state changed.
     *
     * @param module
     *            which
     * @param state
     *            where it stands now
     */
    public void moduleState(Module module, Module.State state) {
        lock.lock();
        try {
            module.state(state);
            registry.used().forEach(FlbRuntime::refreshGatesLocked);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * How many references are held on a bundle.
     *
     * @param module
     *            which
     * @return 0 or more
     */
    public int references(Module module) {
        lock.lock();
        try {
            return references.count(module, registry.used());
        } finally {
            lock.unlock();
        }
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
     * How many live updates led here.
     *
     * @return 0 before an image was inherited
     */
    public long number() {
        return number;
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

    /**
     * See {@link org.liveupdate.api.LiveUpdate#createSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState createSession(String name) throws LiveUpdateException {
        return sessions.create(name);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#openSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState openSession(String name) throws LiveUpdateException {
        return sessions.find(name);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#retrieveSession}.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             as there
     */
    public SessionState retrieveSession(String name) throws LiveUpdateException {
        return sessions.retrieve(name);
    }

    /**
     * Whoever had a session open is gone without closing it.
     *
     * @param session
     *            an incoming one can be retrieved again, an outgoing one stays
     */
    public void abandonSession(SessionState session) {
        if (session instanceof IncomingSession retrieved && !retrieved.gone()) {
            sessions.abandon(retrieved);
        }
    }

    /**
     * See {@link org.liveupdate.api.Session#preserve}.
     *
     * @param session
     *            where
     * @param token
     *            under which
     * @param file
     *            what
     * @throws LiveUpdateException
     *             as there
     */
    public void preserve(SessionState session, long token, Object file) throws LiveUpdateException {
        preserving.preserve(session, token, file);
    }

    /**
     * See {@link org.liveupdate.api.Session#retrieve}.
     *
     * @param session
     *            where
     * @param token
     *            which
     * @return the file
     * @throws LiveUpdateException
     *             as there
     */
    public Object retrieve(SessionState session, long token) throws LiveUpdateException {
        return retrieving.retrieve(session, token);
    }

    /**
     * See {@link org.liveupdate.api.Session#finish}.
     *
     * @param session
     *            which
     * @throws LiveUpdateException
     *             as there
     */
    public void finish(SessionState session) throws LiveUpdateException {
        retrieving.finish(session);
    }

    /**
     * See {@link org.liveupdate.api.Session#close}.
     *
     * @param session
     *            which
     * @return why an incoming session was not finished although it is no longer open, or empty
     * @throws LiveUpdateException
     *             the session stays open
     */
    public Optional<LiveUpdateException> close(SessionState session) throws LiveUpdateException {
        if (session instanceof IncomingSession retrieved) {
            return Optional.ofNullable(retrieving.close(retrieved));
        }
        preserving.close((OutgoingSession) session);
        return Optional.empty();
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#getIncoming} and {@link org.liveupdate.api.LiveUpdate#getOutgoing}.
     *
     * @param key
     *            which
     * @param side
     *            which
     * @param asker
     *            the bundle that asks
     * @param <T>
     *            the object's type
     * @return an open handle
     * @throws LiveUpdateException
     *             as there
     */
    public <T> FlbHandle<T> get(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        return handles.get(key, side, asker);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#lockIncoming} and {@link org.liveupdate.api.LiveUpdate#lockOutgoing}.
     *
     * @param key
     *            which
     * @param side
     *            which
     * @param asker
     *            the bundle that asks
     * @param <T>
     *            the object's type
     * @return an open lock
     * @throws LiveUpdateException
     *             as there
     */
    public <T> FlbLock<T> lock(FlbKey<T> key, Side side, Module asker) throws LiveUpdateException {
        return handles.lock(key, side, asker);
    }

    /**
     * See {@link org.liveupdate.api.LiveUpdate#discard}.
     *
     * @param compatible
     *            which FLB
     * @throws LiveUpdateException
     *             as there
     */
    public void discard(String compatible) throws LiveUpdateException {
        checkEnabled();
        lock.lock();
        try {
            FlbRuntime standing = registry.standing(compatible);
            if (standing != null && outgoing.discardLocked(standing.outgoing)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        incoming.discard(compatible);
    }

    /**
     * What a bundle offered is gone, and its bundle may be, too: nobody can refuse that. State stays, detached, and is
     * attached when the owner returns. Takes at most the detach deadline.
     *
     * @param leavingHandlers
     *            file handlers; those that are not registered are let go all the same
     * @param leavingFlbs
     *            FLBs
     */
    public void leave(Collection<HandlerRuntime> leavingHandlers, Collection<FlbRuntime> leavingFlbs) {
        leavingFlbs.forEach(this::withdraw);
        detaching.leave(leavingHandlers, leavingFlbs);
    }

    /**
     * Replaces one bundle by another as the owner of all that it has registered or preserved.
     *
     * @param old
     *            the owner until now
     * @param nextHandlers
     *            what the new owner offers, not registered
     * @param nextFlbs
     *            what the new owner offers, not linked
     * @throws LiveUpdateException
     *             {@code EINVAL} the new one lacks a string that is in use · {@code EBUSY} what would be replaced is busy, or a
     *             handle on it stays open · {@code EDEADLK} inside a callback · whatever the new one's retrieve answers;
     *             everything is as before in each case
     */
    public void swap(Module old, List<HandlerRuntime> nextHandlers, List<FlbRuntime> nextFlbs)
            throws LiveUpdateException {
        swapping.swap(old, nextHandlers, nextFlbs);
    }

    /**
     * An operator wants a bundle in the place of one that is gone: what that one preserved is the other's from now on, as
     * soon as it registers.
     *
     * @param owner
     *            {@link Module#owner} of the one that is gone
     * @param next
     *            who may take over
     */
    public void grant(String owner, Module next) {
        bindings.grant(owner, next);
    }

    /**
     * See {@link org.liveupdate.api.Session#open}.
     *
     * @param session
     *            where
     * @param token
     *            which
     * @param type
     *            what the file has to be
     * @param asker
     *            the bundle that asks
     * @param <F>
     *            the file's type
     * @return an open handle
     * @throws LiveUpdateException
     *             as there
     */
    public <F> FileHandle<F> open(SessionState session, long token, Class<F> type, Module asker)
            throws LiveUpdateException {
        phases.checkNotFrozen();
        phases.enter(session);
        try {
            return openFiles.open(this, session, token, type, asker);
        } finally {
            phases.leave(session);
        }
    }

    /**
     * Unloads a module, as {@code rmmod} does, as far as the core is concerned: no new reference can be taken from now on.
     *
     * @param module
     *            which
     * @throws LiveUpdateException
     *             {@code EWOULDBLOCK} references are held; the message lists the holders, nothing was changed
     */
    public void beginUnload(Module module) throws LiveUpdateException {
        lock.lock();
        try {
            int held = references.count(module, registry.used());
            if (held > 0) {
                throw new LiveUpdateException(Errno.EWOULDBLOCK, module + " is not unloaded: " + held
                        + " references are held by " + holdersLocked(module));
            }
            module.state(Module.State.GOING);
            registry.used().forEach(FlbRuntime::refreshGatesLocked);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Who holds references on a module.
     *
     * @param module
     *            which
     * @return one line each, for people
     */
    public List<String> holders(Module module) {
        lock.lock();
        try {
            return holdersLocked(module);
        } finally {
            lock.unlock();
        }
    }

    private List<String> holdersLocked(Module module) {
        if (references.holdWhileRegistered()) {
            return List.of("what it has registered: liveupdate.module.rule=registered pins it until it is explicitly "
                    + "unregistered");
        }
        return Users.linesLocked(this, registry.used()).getOrDefault(module, List.of());
    }

    /**
     * Everything that a bundle has registered or is used for leaves: see {@link #leave(Collection, Collection)}.
     *
     * @param module
     *            which
     */
    public void leave(Module module) {
        List<HandlerRuntime> itsHandlers = new ArrayList<>();
        List<FlbRuntime> itsFlbs = new ArrayList<>();
        lock.lock();
        try {
            Users.ownedLocked(this, module, itsHandlers, itsFlbs);
        } finally {
            lock.unlock();
        }
        leave(itsHandlers, itsFlbs);
    }

    /**
     * An FLB is offered although no handler names it.
     *
     * @param flb
     *            not null
     */
    public void offer(FlbRuntime flb) {
        unlinked.putIfAbsent(flb.compatible(), flb);
    }

    /**
     * An FLB is no longer offered.
     *
     * @param flb
     *            not null
     */
    public void withdraw(FlbRuntime flb) {
        unlinked.remove(flb.compatible(), flb);
    }

    /**
     * Freezes everything.
     *
     * @return what the next generation gets
     * @throws LiveUpdateException
     *             everything is as before
     */
    public ImageModel freeze() throws LiveUpdateException {
        checkEnabled();
        reboot.freeze(false);
        return serialized(Serialization::forSuccessor);
    }

    private ImageModel serialized(Function<Serialization, ImageModel> how) {
        lock.lock();
        try {
            return how.apply(new Serialization(this));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Freezes everything for a generation that ends without a successor, because the framework stops: incoming files that
     * nobody has finished are detached, and handed over once more.
     *
     * @return what the next start of the framework gets
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code EBUSY} everything is frozen already
     */
    public ImageModel freezeForLater() throws LiveUpdateException {
        checkEnabled();
        reboot.freeze(true);
        return serialized(Serialization::forNextStart);
    }

    /**
     * The same where the core alone ends: everything that is still there leaves, within the detach deadline, and each side
     * stays what it is.
     *
     * @return what the next core in this framework gets
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code EBUSY} everything is frozen already
     */
    public ImageModel freezeForNextCore() throws LiveUpdateException {
        checkEnabled();
        List<HandlerRuntime> allHandlers = new ArrayList<>();
        List<FlbRuntime> allFlbs = new ArrayList<>();
        lock.lock();
        try {
            Users.ownedLocked(this, owner -> true, allHandlers, allFlbs);
        } finally {
            lock.unlock();
        }
        detaching.leave(allHandlers, allFlbs);
        reboot.freeze(true);
        return serialized(Serialization::forNextCore);
    }

    /** The live update did not happen: unfreezes everything in exact reverse. */
    public void unfreeze() {
        reboot.takeBack();
    }

    /**
     * A bundle is gone: the handles that it had open are closed for it.
     *
     * @param asker
     *            which
     */
    public void closeHandlesOf(Module asker) {
        handles.closeAllOf(asker);
    }

    /**
     * Writes a warning down.
     *
     * @param text
     *            a sentence
     */
    public void warn(String text) {
        journal.warn(text);
    }

    /** Another generation is in charge: no provider is called any more. */
    public void fence() {
        callbacks.fence();
    }

    /**
     * Whether there is anything that a next generation would miss.
     *
     * @return true if a session of either side holds a file
     */
    public boolean holdsFiles() {
        lock.lock();
        try {
            return sessions.allLocked().stream().anyMatch(session -> session.size() > 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is anything that the next core in this framework would miss.
     *
     * @return true if there is a session, or there was a live update
     */
    public boolean holdsAnything() {
        lock.lock();
        try {
            return number > 0 || !sessions.allLocked().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many files each session of either side holds.
     *
     * @return a copy
     */
    public List<Integer> filesBySession() {
        lock.lock();
        try {
            return sessions.allLocked().stream().map(SessionState::size).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The names of the linked FLBs.
     *
     * @return a copy
     */
    public List<String> linkedNames() {
        lock.lock();
        try {
            return registry.used().stream().filter(flb -> flb.links > 0).map(FlbRuntime::compatible).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells what preserved state depends on: {@code handler NAME} and {@code flb NAME}, each once.
     *
     * @param consumer
     *            of kind and name; called without any lock
     */
    public void preservedWith(BiConsumer<String, String> consumer) {
        Set<String> handlers = new TreeSet<>();
        Set<String> flbs = new TreeSet<>();
        lock.lock();
        try {
            for (OutgoingSession session : sessions.outgoingLocked()) {
                for (HeldFile file : session.oldestFirst()) {
                    handlers.add(file.handler().compatible());
                    for (OutgoingFlb flb : file.flbs) {
                        flbs.add(flb.name);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        handlers.forEach(name -> consumer.accept("handler", name));
        flbs.forEach(name -> consumer.accept("flb", name));
    }

    /**
     * The names of the sessions of one side, in order of creation.
     *
     * @param side
     *            which
     * @return a copy
     */
    public List<String> sessionNames(Side side) {
        lock.lock();
        try {
            return (side == Side.OUTGOING ? sessions.outgoingLocked() : sessions.incomingLocked()).stream()
                    .map(SessionState::name).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The tokens of a session, oldest first.
     *
     * @param session
     *            which
     * @return a copy
     */
    public List<Long> tokens(SessionState session) {
        if (session instanceof IncomingSession retrieved) {
            return retrieved.oldestFirst().stream().map(file -> file.token).toList();
        }
        return Arrays.stream(((OutgoingSession) session).oldestFirst()).map(file -> file.token).toList();
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

    Journal journal() {
        return journal;
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

    FlbRuntime unlinked(String compatible) {
        return unlinked.get(compatible);
    }

    void checkEnabled() throws LiveUpdateException {
        if (!settings.enabled()) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, "live update is switched off in this framework");
        }
    }
}
