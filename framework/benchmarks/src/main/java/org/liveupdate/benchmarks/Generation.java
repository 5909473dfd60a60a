package org.liveupdate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.api.handover.Handover;

/**
 * A core outside of any framework with one file handler that is linked to some FLBs, and its handover directory on
 * tmpfs. One file in a session of its own keeps the FLBs preserved, so that every other file is "one more".
 */
final class Generation implements AutoCloseable {
    private static final String TMPFS = "/dev/shm";
    private static final String PROVIDER = "provider";

    private final Path directory;
    private final LiveUpdateFactory.Instance core;
    private long sessions;

    Generation(int flbs) throws IOException, LiveUpdateException {
        directory = newDirectory();
        core = LiveUpdateFactory.find().create(directory, Map.of());
        LiveUpdate provider = liveUpdate(PROVIDER);
        CargoHandler handler = new CargoHandler();
        provider.registerHandler(CargoHandler.COMPATIBLE, handler);
        for (int i = 0; i < flbs; i++) {
            provider.registerFlb(handler, DockFlb.compatible(i), new DockFlb(i));
        }
        newSession().preserve(0, new Cargo(0));
    }

    private static Path newDirectory() throws IOException {
        Path tmpfs = Path.of(TMPFS);
        Path parent = Files.isWritable(tmpfs) ? tmpfs : Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(parent, "liveupdate-benchmarks-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The service as one bundle sees it. */
    LiveUpdate liveUpdate(String bundle) {
        return core.agent(bundle).liveUpdate();
    }

    Handover handover() {
        return core.handover();
    }

    /** An outgoing session without files. */
    Session newSession() throws LiveUpdateException {
        return liveUpdate(PROVIDER).createSession("session-" + sessions++);
    }

    /** Preserves files, under their positions as tokens. */
    static void preserve(Session session, Cargo[] cargo) throws LiveUpdateException {
        for (int i = 0; i < cargo.length; i++) {
            session.preserve(i, cargo[i]);
        }
    }

    @Override
    public void close() throws IOException {
        core.close();
        try (Stream<Path> left = Files.walk(directory)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
