package org.liveupdate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.runtime.dto.MemoryDTO;

/** One core: a JVM's worth of live update, within the JVM of the test. */
final class Generation implements AutoCloseable {
    /** Images stay small, and memory that is never given back is noticed. */
    private static final String LIMIT = "liveupdate.memory.limit";
    private static final String LIMIT_BYTES = Long.toString(64L << 20);

    private final Path directory;
    private final LiveUpdateFactory.Instance core;

    private Generation(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException {
        this.directory = directory;
        this.core = LiveUpdateFactory.find().create(directory, properties);
    }

    /** Takes over the image that is in the directory, or starts with nothing. */
    static Generation start(Path directory) throws IOException, LiveUpdateException {
        return new Generation(directory, Map.of(LIMIT, LIMIT_BYTES));
    }

    /** The next generation, which has taken over; this one has ended. */
    Generation handOver() throws IOException, LiveUpdateException {
        Handover here = core.handover();
        long number = here.commit(System.nanoTime());
        Generation next = new Generation(directory, Map.of(LIMIT, LIMIT_BYTES, "liveupdate.role", "successor"));
        next.core.handover().claim(number);
        next.core.handover().confirm();
        here.fence();
        close();
        return next;
    }

    /** Freezes everything and takes it back: the update did not happen. */
    void freezeAndTakeBack() throws LiveUpdateException {
        core.handover().commit(System.nanoTime());
        core.handover().takeBack();
        core.handover().resume();
    }

    /** The bundle of the provider under test. */
    LiveUpdateFactory.Agent provider() {
        return core.agent("provider");
    }

    /** The bundle that uses the provider. */
    LiveUpdate workload() {
        return core.agent("workload").liveUpdate();
    }

    /** The bundle of the test kit's own providers. */
    LiveUpdate kit() {
        return core.agent("testkit").liveUpdate();
    }

    MemoryDTO memory() {
        return core.runtime().getRuntimeDTO().memory;
    }

    /** Ends it; what is preserved goes into an image. */
    @Override
    public void close() throws IOException {
        core.close();
    }
}
