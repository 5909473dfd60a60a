package org.liveupdate.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.core.osgi.StandaloneFactory;
import org.liveupdate.kho.image.FileOperations;
import org.liveupdate.kho.image.HandoverDirectory;

/** A generation in this JVM, with its workload and little memory. */
final class Machine {
    private static final String MEMORY_BYTES = Integer.toString(1 << 20);

    private final LiveUpdateFactory.Instance core;
    private final Workload workload;

    Machine(Path directory, FileOperations files, String role) throws IOException, LiveUpdateException {
        core = new StandaloneFactory().create(HandoverDirectory.open(directory, files),
                Map.of("liveupdate.role", role, "liveupdate.memory.limit", MEMORY_BYTES));
        workload = new Workload(core, moment -> {});
    }

    LiveUpdateFactory.Instance core() {
        return core;
    }

    Workload workload() {
        return workload;
    }

    long commit() throws LiveUpdateException {
        core.handover().check(core.handover().capabilities());
        return core.handover().commit(System.nanoTime());
    }

    boolean confirm(long number) throws LiveUpdateException {
        core.handover().claim(number);
        return core.handover().confirm();
    }
}
