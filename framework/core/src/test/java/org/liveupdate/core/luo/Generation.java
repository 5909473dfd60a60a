package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.image.MemoryState;

/**
 * One generation of the tests: an orchestrator with mock providers, each in a module of its own name. The next generation
 * gets its state through the bytes of an image, and its memory through the file.
 */
final class Generation implements AutoCloseable {
    /** Whoever offers a string takes over: in these tests generations differ in who provides what. */
    static final Settings SETTINGS = Settings.DEFAULT.withOwnership(Ownership.ANY);

    private static final MemoryOptions OPTIONS = new MemoryOptions(1 << 20);
    private static final Moments MOMENTS = new Moments(1, 2, 3, 4);

    final Calls calls;
    final Orchestrator core;
    final List<String> warnings = new CopyOnWriteArrayList<>();
    /** All that is logged. */
    final List<Event> events = new CopyOnWriteArrayList<>();
    final Map<String, Module> modules = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Settings settings;
    private final Path directory;
    private HandoverMemory memory;
    /** Of the next generation's memory. */
    MemoryOptions options = OPTIONS;

    private Generation(Settings settings, Calls calls, Path directory) {
        this.settings = settings;
        this.calls = calls;
        this.directory = directory;
        this.core = new Orchestrator(settings, this::log);
    }

    /** What is logged can be seen by anybody: no lock is held meanwhile. */
    private void log(Event event) {
        if (core.lock().isHeld()) {
            warnings.add("logged with the core lock held: " + event);
        }
        events.add(event);
        if (event.id().severity() == EventId.Severity.WARNING) {
            warnings.add(event.text());
        }
    }

    /** What happened once, and only once. */
    Event event(EventId id) {
        List<Event> found = events.stream().filter(event -> event.id() == id).toList();
        assertEquals(1, found.size(), () -> id + " is not once in " + events);
        return found.get(0);
    }

    /** The ids of what happened so far. */
    List<EventId> happened() {
        return events.stream().map(Event::id).toList();
    }

    /** A first generation without handover memory. */
    static Generation first() {
        return first(Generation.SETTINGS);
    }

    static Generation first(Settings settings) {
        return new Generation(settings, new Calls(), null);
    }

    /** A first generation with handover memory. */
    static Generation first(Settings settings, Calls calls, Path directory) throws IOException {
        Generation first = new Generation(settings, calls, directory);
        first.attach(HandoverMemory.create(directory, OPTIONS));
        return first;
    }

    private void attach(HandoverMemory attached) {
        memory = attached;
        core.handover().attach(attached);
    }

    HandoverMemory memory() {
        return memory;
    }

    Module module(String name) {
        return modules.computeIfAbsent(name,
                key -> Module.of(key, "1.0", modules.size() + 1L, Module.State.LIVE));
    }

    /** Leaves and comes back in place of the module itself. */
    void module(String name, Module.State state) {
        core.owners().moduleState(module(name), state);
    }

    /** An FLB that is linked to nothing yet. */
    FlbRuntime flb(String name) {
        return flb(name, name);
    }

    FlbRuntime flb(String name, String owner) {
        return new FlbRuntime(name, new MockFlb(name, calls), module(owner));
    }

    /** A registered handler, linked to these FLBs in order. */
    HandlerRuntime handler(String name, FlbRuntime... flbs) throws LiveUpdateException {
        HandlerRuntime handler = unregistered(name);
        core.registry().register(handler);
        for (FlbRuntime flb : flbs) {
            core.registry().link(handler, flb);
        }
        return handler;
    }

    HandlerRuntime unregistered(String name) {
        return new HandlerRuntime(name, new MockHandler(name, calls), module(name));
    }

    OutgoingSession session(String name) throws LiveUpdateException {
        return (OutgoingSession) core.agents().createSession(name);
    }

    IncomingSession incomingSession(String name) throws LiveUpdateException {
        return (IncomingSession) core.agents().retrieveSession(name);
    }

    MockFile preserve(SessionState session, long token, String kind) throws LiveUpdateException {
        MockFile file = new MockFile(kind, token);
        core.agents().preserve(session, token, file);
        return file;
    }

    /** A handle of the bundle {@code test}. */
    FlbHandle<String> get(String flb, Side side) throws LiveUpdateException {
        return core.agents().get(MockFlb.key(flb), side, module("test"));
    }

    /** A lock of the bundle {@code test}. */
    FlbLock<String> lock(String flb, Side side) throws LiveUpdateException {
        return core.agents().lock(MockFlb.key(flb), side, module("test"));
    }

    IncomingFlb entry(String name) {
        return core.incoming().entryLocked(name);
    }

    int references(String module) {
        return core.owners().references(module(module));
    }

    /** Freezes everything and gives it to the next generation, which has no providers yet. */
    Generation kexec() throws LiveUpdateException, IOException {
        return kexec(settings);
    }

    Generation kexec(Settings next) throws LiveUpdateException, IOException {
        return handOver(core.handover().freeze(), next);
    }

    /** Ends in order without a successor: the next generation gets what is unfinished here, too. */
    Generation later() throws LiveUpdateException, IOException {
        return handOver(core.handover().freezeForLater(), settings);
    }

    /** The core ends and its bundles do not: the next one goes on with both sides. */
    Generation restart() throws LiveUpdateException, IOException {
        return handOver(core.handover().freezeForNextCore(), settings);
    }

    private Generation handOver(ImageModel model, Settings next) throws IOException {
        if (memory != null) {
            memory.freeze();
        }
        MemoryState carried = memory == null ? null : memory.state().withScopes(model.scopes());
        ByteBuffer bytes = ImageEncoder.encode(new Image(model, MOMENTS, carried));
        Image image = ImageDecoder.decode(bytes.array(), Path.of("test.image"));
        core.fence();
        close();
        Generation successor = new Generation(next, calls, directory);
        if (image.memory() != null) {
            successor.attach(HandoverMemory.attach(directory, image.memory(), options));
        }
        successor.core.handover().inherit(image.model());
        if (image.memory() != null) {
            successor.memory.thaw();
        }
        successor.core.open();
        return successor;
    }

    @Override
    public void close() throws IOException {
        core.stop();
        if (memory != null) {
            memory.close();
        }
    }
}
