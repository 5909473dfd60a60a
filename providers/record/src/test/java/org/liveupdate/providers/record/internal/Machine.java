package org.liveupdate.providers.record.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.providers.api.record.Records;

/** One generation: a core, the record provider, and an application. */
final class Machine implements AutoCloseable {

    private final Path directory;
    private final LiveUpdateFactory.Instance core;
    private RecordSessions sessions;

    private Machine(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException {
        this.directory = directory;
        this.core = LiveUpdateFactory.find().create(directory, properties);
    }

    /** Goes on with the image that is in the directory, or with nothing. */
    static Machine start(Path directory) throws IOException, LiveUpdateException {
        Machine machine = new Machine(directory, Map.of());
        machine.startProvider(new RecordHandler());
        return machine;
    }

    /** The next generation, in charge; this one has ended. */
    Machine kexec() throws IOException, LiveUpdateException {
        long number = core.handover().commit(System.nanoTime());
        Machine next = new Machine(directory, Map.of("liveupdate.role", "successor"));
        next.core.handover().claim(number);
        next.core.handover().confirm();
        core.handover().fence();
        core.close();
        next.startProvider(new RecordHandler());
        return next;
    }

    /** The provider's bundle starts with this handler. */
    void startProvider(FileHandler<?> handler) throws LiveUpdateException {
        provider().going(false);
        provider().liveUpdate().registerHandler(RecordLayout.COMPATIBLE, handler);
        sessions = new RecordSessions(provider().liveUpdate());
        sessions.takeOver();
    }

    /** The provider's bundle stops. */
    void stopProvider() {
        provider().leave();
    }

    private LiveUpdateFactory.Agent provider() {
        return core.agent("records");
    }

    /** The service as the bundle {@code application} sees it. */
    Records records(String application) {
        return new BundleRecords(sessions, application);
    }

    LiveUpdate operator() {
        return core.agent("operator").liveUpdate();
    }

    void freeze() throws LiveUpdateException {
        core.handover().commit(System.nanoTime());
    }

    void takeBack() throws LiveUpdateException {
        core.handover().takeBack();
        core.handover().resume();
    }

    long pages() {
        return core.runtime().getRuntimeDTO().memory.usedPages;
    }

    /** The framework stops in order: what is preserved goes into an image. */
    @Override
    public void close() throws IOException {
        core.close();
    }
}
