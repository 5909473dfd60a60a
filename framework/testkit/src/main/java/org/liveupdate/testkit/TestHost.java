package org.liveupdate.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory.Agent;
import org.liveupdate.kho.Pool;

/** Collects what a provider registers while it starts, and brings it into the core afterwards. */
final class TestHost implements Host {
    private record Offer(FileHandler<?> handler, FileHandler<?> watched, List<String> flbs) {}

    private record FlbOffer(Flb<?> flb, Flb<?> watched) {}

    private final Agent agent;
    private final Pool pool;
    private final Path directory;
    private final Calls calls;
    /** Guarded by this. */
    private final Map<String, Offer> handlers = new LinkedHashMap<>();
    /** Guarded by this. */
    private final Map<String, FlbOffer> flbs = new LinkedHashMap<>();

    TestHost(Agent agent, Path directory, Calls calls) throws LiveUpdateException {
        this.agent = agent;
        this.pool = new FaultyPool(agent.pool(), calls.faults());
        this.directory = directory;
        this.calls = calls;
    }

    @Override
    public synchronized void register(String compatible, FileHandler<?> handler, String... names) {
        handlers.put(compatible,
                new Offer(handler, new WatchedHandler<>(compatible, handler, calls), List.of(names)));
    }

    @Override
    public synchronized void register(String compatible, Flb<?> flb) {
        flbs.put(compatible, new FlbOffer(flb, new WatchedFlb<>(compatible, flb, calls)));
    }

    @Override
    public Pool pool() {
        return pool;
    }

    @Override
    public LiveUpdate liveUpdate() {
        return agent.liveUpdate();
    }

    @Override
    public Path directory() {
        return directory;
    }

    /** Registers everything in the core, handlers first, as the whiteboard does; under other names if wanted. */
    synchronized void install(UnaryOperator<String> naming) throws LiveUpdateException {
        for (Map.Entry<String, Offer> offer : handlers.entrySet()) {
            liveUpdate().registerHandler(naming.apply(offer.getKey()), offer.getValue().watched());
        }
        for (Offer offer : handlers.values()) {
            for (String name : offer.flbs()) {
                link(offer.watched(), name, naming);
            }
        }
    }

    /** Links an FLB of the provider to a handler that is registered. */
    synchronized void link(FileHandler<?> handler, String flb, UnaryOperator<String> naming)
            throws LiveUpdateException {
        FlbOffer offer = flbs.get(flb);
        if (offer == null) {
            throw new IllegalStateException("the provider did not register the FLB " + flb + ", only " + flbs.keySet());
        }
        liveUpdate().registerFlb(handler, naming.apply(flb), offer.watched());
    }

    /** The file handler that the provider registered under this name. */
    synchronized FileHandler<?> handler(String compatible) {
        return offer(compatible).handler();
    }

    /** The same as the core has it. */
    synchronized FileHandler<?> watched(String compatible) {
        return offer(compatible).watched();
    }

    /** The FLBs that the file handler depends on. */
    synchronized List<String> flbs(String compatible) {
        return offer(compatible).flbs();
    }

    private Offer offer(String compatible) {
        Offer offer = handlers.get(compatible);
        if (offer == null) {
            throw new IllegalStateException(
                    "the provider did not register the file handler " + compatible + ", only " + handlers.keySet());
        }
        return offer;
    }

    /** The classes of what the provider registered. */
    synchronized List<Class<?>> classes() {
        List<Class<?>> classes = new ArrayList<>();
        handlers.values().forEach(offer -> classes.add(offer.handler().getClass()));
        flbs.values().forEach(offer -> classes.add(offer.flb().getClass()));
        return classes;
    }
}
