package org.liveupdate.itests;

import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.itests.pool.NumberHandler;
import org.liveupdate.itests.pool.PoolFlb;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The core, started with what a generation before has left: files 1 and 2 with 7 and 8, and a count of 5. */
public final class HandedOver implements Supplier<Option[]> {
    /** The session's name. */
    static final String SESSION = "handed over";

    @Override
    public Option[] get() {
        try {
            Path directory = Files.createTempDirectory("handed-over");
            leave(directory);
            return OptionUtils.combine(new CoreBundles().get(),
                    frameworkProperty("liveupdate.directory").value(directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void leave(Path directory) throws IOException, LiveUpdateException {
        try (LiveUpdateFactory.Instance before = LiveUpdateFactory.find().create(directory, Map.of())) {
            LiveUpdate liveUpdate = before.agent(PoolBundle.NAME).liveUpdate();
            NumberHandler handler = new NumberHandler(false);
            liveUpdate.registerHandler(NumberHandler.COMPATIBLE, handler);
            liveUpdate.registerFlb(handler, PoolFlb.COMPATIBLE, new PoolFlb("1.0.0", false));
            Session session = liveUpdate.createSession(SESSION);
            session.preserve(1, new AtomicLong(7));
            session.preserve(2, new AtomicLong(8));
            try (FlbHandle<LongUnaryOperator> pool = liveUpdate.getOutgoing(PoolBundle.KEY)) {
                pool.get().applyAsLong(5);
            }
        }
    }
}
