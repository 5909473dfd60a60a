package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.dto.MemoryDTO;

/**
 * What happens in one test: generations of a core that follow each other, and the provider that is started in each.
 *
 * @param <P>
 *            what a started provider is to the test
 */
abstract class Scene<P> {
    private final Path directory;
    private final Starter<P> starter;
    private final Calls calls = new Calls(new Faults());
    private final List<Session> sessions = new ArrayList<>();
    private UnaryOperator<String> naming = UnaryOperator.identity();
    private Generation generation;
    private TestHost host;
    private P provider;

    Scene(Path directory, Starter<P> starter) throws IOException, LiveUpdateException {
        this.directory = directory;
        this.starter = starter;
        Files.createDirectories(directory.resolve("provider"));
        generation = Generation.start(Images.privateDirectory(handover(directory)));
    }

    /** Where a scene in this directory has its handover memory and its images. */
    static Path handover(Path directory) {
        return directory.resolve("handover");
    }

    /** What belongs to the test kit and is there before the provider. */
    abstract void prepare() throws LiveUpdateException;

    /** What is left to be done when the provider has registered. */
    abstract void started() throws LiveUpdateException;

    /** Starts the provider from classes that were loaded again. */
    @SuppressWarnings("unchecked") // an object of the class with the same name starts the same
    final Starter<P> afresh() throws ReflectiveOperationException {
        List<Class<?>> classes = new ArrayList<>(host.classes());
        classes.add(starter.getClass());
        FreshLoader loader = FreshLoader.of(starter.getClass().getClassLoader(), classes);
        return loader.instantiate(starter.getClass(), Starter.class);
    }

    final Starter<P> starter() {
        return starter;
    }

    /** The provider's bundle has stopped. */
    abstract void stop(P left) throws Exception;

    /** The names under which the provider is registered from the next start on. */
    final void rename(UnaryOperator<String> names) {
        naming = names;
    }

    final void start() throws Exception {
        prepare();
        startProvider(starter);
    }

    private void startProvider(Starter<P> how) throws Exception {
        host = new TestHost(generation.provider(), directory.resolve("provider"), calls);
        provider = how.start(host);
        host.install(naming);
        started();
    }

    /** An update; the provider starts in the next generation. */
    final void handOver() throws Exception {
        handOverTo(starter);
    }

    /** An update; the provider is started in this way. */
    final void handOverTo(Starter<P> next) throws Exception {
        generation = generation.handOver();
        sessions.clear();
        prepare();
        startProvider(next);
    }

    /** The provider's bundle is stopped, by somebody who does not ask. */
    final void leave() throws Exception {
        generation.provider().leave();
        P left = provider;
        provider = null;
        host = null;
        stop(left);
    }

    /** The provider's bundle is back. */
    final void comeBack() throws Exception {
        comeBack(starter);
    }

    /** The provider's bundle is back; it is started in this way. */
    final void comeBack(Starter<P> next) throws Exception {
        generation.provider().going(false);
        startProvider(next);
    }

    /** A new session for the next update. */
    final Session createSession(String name) throws LiveUpdateException {
        return remembered(generation.workload().createSession(name));
    }

    /** A session that was handed over. */
    final Session retrieveSession(String name) throws LiveUpdateException {
        return remembered(generation.workload().retrieveSession(name));
    }

    private synchronized Session remembered(Session session) {
        sessions.add(session);
        return session;
    }

    /** Unpreserves or finishes what the session holds. */
    final void close(Session session) throws LiveUpdateException {
        session.close();
        synchronized (this) {
            sessions.remove(session);
        }
    }

    final Generation generation() {
        return generation;
    }

    final TestHost host() {
        return host;
    }

    final P provider() {
        return provider;
    }

    final Calls calls() {
        return calls;
    }

    final Faults faults() {
        return calls.faults();
    }

    final UnaryOperator<String> naming() {
        return naming;
    }

    /** Pages of handover memory that anybody has. */
    final long pages() {
        return generation.memory().usedPages;
    }

    final Path directory() {
        return directory;
    }

    /** The framework stops in order: what is preserved is in an image then, in the handover directory, which is returned. */
    final Path stop() throws Exception {
        generation.close();
        return handover(directory);
    }

    /** Users let go of what is not in a session. */
    abstract void closeAll() throws Exception;

    /** Everything ends in order; then no page of handover memory may be left. */
    final void end() throws Exception {
        try {
            faults().disarm();
            for (Session session : List.copyOf(sessions)) {
                close(session);
            }
            closeAll();
            if (provider != null) {
                leave();
            }
            MemoryDTO memory = generation.memory();
            assertEquals(0, memory.usedPages,
                    () -> "pages of handover memory are left: " + memory.preservedPages
                            + " in scopes, the others in pools");
        } finally {
            generation.close();
        }
    }
}
