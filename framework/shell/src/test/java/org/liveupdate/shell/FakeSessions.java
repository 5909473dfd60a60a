package org.liveupdate.shell;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.shell.text.Samples;

/** A core that keeps files in maps. */
final class FakeSessions {
    private final List<FakeSession> sessions = new ArrayList<>();
    /** FLBs that were handed over. */
    final Set<String> incoming = new TreeSet<>();
    /** How often an incoming session was taken. */
    int taken;

    private static final class FakeSession implements Session {
        private final Side side;
        private final String name;
        private final Map<Long, Object> files = new LinkedHashMap<>();
        private boolean retrieved;
        private boolean closed;

        FakeSession(Side side, String name) {
            this.side = side;
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Side side() {
            return side;
        }

        @Override
        public List<Long> tokens() {
            return List.copyOf(files.keySet());
        }

        @Override
        public void preserve(long token, Object file) throws LiveUpdateException {
            if (closed) {
                throw new LiveUpdateException(Errno.EBADF, name + " was closed");
            }
            files.put(token, file);
        }

        @Override
        public <F> F retrieve(long token, Class<F> type) {
            retrieved = true;
            return type.cast(files.get(token));
        }

        @Override
        public <F> FileHandle<F> open(long token, Class<F> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void finish() {
            files.clear();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    LiveUpdate service() {
        return (LiveUpdate) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{LiveUpdate.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "createSession" -> create((String) arguments[0]);
                    case "openSession" -> find(Side.OUTGOING, (String) arguments[0]);
                    case "retrieveSession" -> {
                        taken++;
                        yield find(Side.INCOMING, (String) arguments[0]);
                    }
                    case "discardFile" -> find((Side) arguments[0], (String) arguments[1]).files.remove(arguments[2]);
                    case "discard" -> {
                        incoming.remove(arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    Session create(String name) {
        FakeSession session = new FakeSession(Side.OUTGOING, name);
        sessions.add(session);
        return session;
    }

    void handOver(String name, long token, Object file) {
        FakeSession session = new FakeSession(Side.INCOMING, name);
        session.files.put(token, file);
        sessions.add(session);
    }

    void closeBehindTheBack(String name) {
        find(Side.OUTGOING, name).close();
    }

    Object file(Side side, String name, long token) {
        return find(side, name).files.get(token);
    }

    private FakeSession find(Side side, String name) {
        return sessions.stream().filter(session -> session.side == side && session.name.equals(name) && !session.closed)
                .findFirst().orElseThrow();
    }

    RuntimeDTO snapshot() {
        RuntimeDTO core = Samples.core();
        core.incoming = incoming.stream().map(name -> Samples.incoming(name, "PENDING", 0))
                .toArray(IncomingFlbDTO[]::new);
        core.sessions = sessions.stream().filter(session -> !session.closed).map(FakeSessions::dto)
                .toArray(SessionDTO[]::new);
        return core;
    }

    private static SessionDTO dto(FakeSession session) {
        String state = session.side == Side.OUTGOING ? "PRESERVED" : session.retrieved ? "RETRIEVED" : "KNOWN";
        return Samples.session(session.side.name(), session.name, session.files.keySet().stream()
                .map(token -> Samples.file(token, "h", state)).toArray(FileDTO[]::new));
    }
}
