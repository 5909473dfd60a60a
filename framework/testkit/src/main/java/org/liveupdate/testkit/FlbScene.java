package org.liveupdate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** What happens in one test of an FLB: files of two handlers of the test kit depend on it. */
final class FlbScene<T> extends Scene<FlbProvider<T>> {
    /** The name of the session of the test. */
    static final String SESSION = "session";

    private final String compatible;
    private final List<KitHandler> handlers = List.of(new KitHandler("org.liveupdate.testkit.first"),
            new KitHandler("org.liveupdate.testkit.second"));
    private final KitFlb failingFlb = new KitFlb();

    FlbScene(Path directory, String compatible, Starter<FlbProvider<T>> starter)
            throws IOException, LiveUpdateException {
        super(directory, starter);
        this.compatible = compatible;
    }

    @Override
    void prepare() throws LiveUpdateException {
        for (KitHandler handler : handlers) {
            generation().kit().registerHandler(handler.compatible(), handler);
        }
    }

    @Override
    void started() throws LiveUpdateException {
        for (KitHandler handler : handlers) {
            host().link(handler, compatible, naming());
        }
    }

    @Override
    void stop(FlbProvider<T> left) throws Exception {
        left.close();
    }

    String compatible() {
        return compatible;
    }

    /** A callback of the FLB under test, as {@link Faults} calls it. */
    String callback(Callback callback) {
        return Calls.key(compatible, callback);
    }

    /** How often a callback of the FLB under test was called. */
    int count(Callback callback) {
        return calls().count(compatible, callback);
    }

    /** A handler whose files depend on the FLB. */
    KitHandler handler() {
        return handlers.get(0);
    }

    /** Preserves files of either handler. */
    void preserve(Session session, int files) throws LiveUpdateException {
        for (int token = 1; token <= files; token++) {
            session.preserve(token, new KitFile(handlers.get(token % handlers.size()).compatible(), token));
        }
    }

    /** A new session with one file, which depends on the FLB. */
    Session preserve(String name) throws LiveUpdateException {
        Session session = createSession(name);
        preserve(session, 1);
        return session;
    }

    /** From now on files depend on an FLB that fails, too. */
    void linkFailingFlb() throws LiveUpdateException {
        for (KitHandler handler : handlers) {
            generation().kit().registerFlb(handler, KitFlb.COMPATIBLE, failingFlb);
        }
    }

    void unlinkFailingFlb() {
        handlers.forEach(handler -> generation().kit().unregisterFlb(handler, failingFlb));
    }

    /** A handle on the live object. */
    FlbHandle<Object> open(Side side) throws LiveUpdateException {
        FlbKey<Object> key = new FlbKey<>(naming().apply(compatible), Object.class);
        return side == Side.OUTGOING ? generation().workload().getOutgoing(key)
                : generation().workload().getIncoming(key);
    }

    /** The state of the live object. */
    Object state(Side side) throws Exception {
        return use(side, object -> provider().state(object));
    }

    /** The state after a change. */
    Object changed(Side side, int seed) throws Exception {
        return use(side, object -> {
            provider().change(object, seed);
            return provider().state(object);
        });
    }

    private interface Use<T> {
        Object with(T object) throws Exception;
    }

    @SuppressWarnings("unchecked") // the FLB under test made it
    private Object use(Side side, Use<T> use) throws Exception {
        try (FlbHandle<Object> handle = open(side)) {
            return use.with((T) handle.get());
        } catch (LiveUpdateException e) {
            if (side == Side.OUTGOING && e.errno() == Errno.ENOENT) {
                return use.with(null);
            }
            throw e;
        }
    }

    /** The same provider elsewhere, where nothing is yet. */
    FlbScene<T> elsewhere(String name) throws Exception {
        FlbScene<T> other = new FlbScene<>(directory().resolve(name), compatible, starter());
        other.start();
        return other;
    }

    /** The same provider elsewhere, where an image was unpacked. */
    FlbScene<T> elsewhere(String name, Path archive) throws Exception {
        Images.unpack(archive, handover(directory().resolve(name)));
        return elsewhere(name);
    }

    @Override
    void closeAll() {
        // the files are the test kit's own, and numbers
    }
}
