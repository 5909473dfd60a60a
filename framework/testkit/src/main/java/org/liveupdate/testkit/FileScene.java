package org.liveupdate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;

/**
 * What happens in one test of a file handler. The files of the test are in one session, under the tokens 1, 2, 3 and so
 * on, unless the test says otherwise.
 */
final class FileScene<F> extends Scene<FileProvider<F>> {
    /** The first file. */
    static final long FIRST = 1;

    /** Tokens of the files that others need are this far behind theirs. */
    private static final long PREREQUISITES = 1000;

    private final String compatible;
    private final KitHandler failing = new KitHandler("org.liveupdate.testkit.vetoing");
    private final KitFlb failingFlb = new KitFlb();
    /** Files that their users have not closed; guarded by this. */
    private final List<F> open = new ArrayList<>();
    private String sessionName = "session";
    private Session session;
    private long tokens;

    FileScene(Path directory, String compatible, Starter<FileProvider<F>> starter)
            throws IOException, LiveUpdateException {
        super(directory, starter);
        this.compatible = compatible;
    }

    @Override
    void prepare() throws LiveUpdateException {
        generation().kit().registerHandler(failing.compatible(), failing);
        session = null;
        synchronized (this) {
            open.clear();
        }
    }

    @Override
    void started() {
        host().handler(compatible);
    }

    @Override
    void stop(FileProvider<F> left) throws Exception {
        left.close();
    }

    String compatible() {
        return compatible;
    }

    /** A callback of the handler under test, as {@link Faults} calls it. */
    String callback(Callback callback) {
        return Calls.key(compatible, callback);
    }

    FileHandler<?> handler() {
        return host().handler(compatible);
    }

    /** The test kit's own handler. */
    KitHandler failing() {
        return failing;
    }

    /** The name of the session from now on. */
    void nameSession(String name) {
        sessionName = name;
    }

    /** The session of the test, of either side; a new one if there is none. */
    Session session() throws LiveUpdateException {
        if (session == null) {
            session = createSession(sessionName);
            tokens = 0;
        }
        return session;
    }

    F create(int seed) throws Exception {
        return opened(provider().create(seed));
    }

    private F opened(F file) {
        synchronized (this) {
            open.add(file);
        }
        return file;
    }

    /** A new file, preserved under the next token. */
    F preserve(int seed) throws Exception {
        F file = create(seed);
        preserveAgain(file);
        return file;
    }

    /** Preserves a file that there is already under the next token. */
    void preserveAgain(F file) throws LiveUpdateException {
        preserve(session(), tokens + 1, file);
        tokens++;
    }

    /** Preserves a file in a session of its own, which stays until the test ends. */
    void preserveApart(F file) throws LiveUpdateException {
        preserve(createSession("apart"), FIRST, file);
    }

    /** From now on a file of the handler under test depends on an FLB that fails, too. */
    void linkFailingFlb() throws LiveUpdateException {
        generation().kit().registerFlb(host().watched(compatible), KitFlb.COMPATIBLE, failingFlb);
    }

    void unlinkFailingFlb() {
        generation().kit().unregisterFlb(host().watched(compatible), failingFlb);
    }

    /** Preserves a file, and before it those that it needs. */
    void preserve(Session target, long token, F file) throws LiveUpdateException {
        long needed = token * PREREQUISITES;
        for (Object prerequisite : provider().prerequisites(file)) {
            target.preserve(needed++, prerequisite);
        }
        target.preserve(token, file);
    }

    /** The file as it was handed over; its user has it from now on. */
    @SuppressWarnings("unchecked") // the handler under test made it
    F retrieve(Session from, long token) throws Exception {
        F file = opened((F) from.retrieve(token, Object.class));
        provider().retrieved(file);
        return file;
    }

    /** The same in the session of the test. */
    F retrieve(long token) throws Exception {
        return retrieve(incoming(), token);
    }

    private Session incoming() throws LiveUpdateException {
        if (session == null) {
            session = retrieveSession(sessionName);
        }
        return session;
    }

    /** The file as its handler serves it since it came back; its user has it from now on. */
    @SuppressWarnings("unchecked") // the handler under test made it
    F served(long token) throws LiveUpdateException {
        try (FileHandle<Object> handle = session.open(token, Object.class)) {
            return opened((F) handle.get());
        }
    }

    /** The provider's bundle leaves, and with it every object that stood for a file. */
    void leaveWithFiles() throws Exception {
        synchronized (this) {
            open.clear();
        }
        leave();
    }

    /** Unpreserves, or finishes, all files of the session. */
    void closeSession() throws LiveUpdateException {
        close(incoming());
        session = null;
    }

    /** The same provider elsewhere, where nothing is yet. */
    FileScene<F> elsewhere(String name) throws Exception {
        FileScene<F> other = new FileScene<>(directory().resolve(name), compatible, starter());
        other.start();
        return other;
    }

    /** The same provider elsewhere, where an image was unpacked. */
    FileScene<F> elsewhere(String name, Path archive) throws Exception {
        Images.unpack(archive, handover(directory().resolve(name)));
        return elsewhere(name);
    }

    Object state(F file) throws Exception {
        return provider().state(file);
    }

    Object changed(F file, int seed) throws Exception {
        provider().change(file, seed);
        return provider().state(file);
    }

    void closeFile(F file) throws Exception {
        synchronized (this) {
            open.removeIf(known -> known == file);
        }
        provider().close(file);
    }

    @Override
    void closeAll() throws Exception {
        session = null;
        List<F> left;
        synchronized (this) {
            left = List.copyOf(open);
        }
        for (F file : left) {
            closeFile(file);
        }
    }
}
