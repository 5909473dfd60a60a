package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;

/** The open handles on files: while there is one, nobody replaces the file's handler voluntarily. */
final class OpenFiles {
    /** Handles by the core's own file object; only files that have any. Guarded by the core lock. */
    private final Map<Object, Set<Opened<?>>> handles = new IdentityHashMap<>();

    /** Opens a handle on a file of either side; in the session's turn. */
    <F> FileHandle<F> open(Orchestrator core, SessionState session, long token, Class<F> type, Module asker)
            throws LiveUpdateException {
        Object state;
        Object file;
        if (session instanceof IncomingSession incoming) {
            file = core.retrieving().retrieve(incoming, token);
            state = incoming.file(token);
        } else {
            HeldFile held = core.attaching().attached((OutgoingSession) session, token);
            file = held.file();
            state = held;
        }
        if (file != null && !type.isInstance(file)) {
            throw new LiveUpdateException(Errno.EINVAL, "file " + token + " of " + session + " is a "
                    + file.getClass().getName() + ", which is no " + type.getName() + " in the class space of "
                    + asker);
        }
        Opened<F> handle = new Opened<>(core, state, type.cast(file), "file " + token + " of " + session, asker);
        core.lock().lock();
        try {
            boolean current =
                    state instanceof HeldFile held ? held.file() == file : ((IncomingFile) state).file == file;
            if (!current) {
                throw new LiveUpdateException(Errno.ENODEV,
                        "file " + token + " of " + session + " is detached: the bundle that served it has just left");
            }
            handles.computeIfAbsent(state, key -> Collections.newSetFromMap(new IdentityHashMap<>()))
                    .add(handle);
        } finally {
            core.lock().unlock();
        }
        return handle;
    }

    /** Who has handles open on a file; the core lock is held. */
    List<String> holdersLocked(Object state) {
        List<String> holders = new ArrayList<>();
        handles.getOrDefault(state, Set.of()).forEach(handle -> holders.add(handle.toString()));
        return holders;
    }

    /** The file's handler has left: its handles answer so from now on. The core lock is held. */
    void revokeLocked(Object state) {
        Set<Opened<?>> revoked = handles.remove(state);
        if (revoked != null) {
            revoked.forEach(Opened::revokeLocked);
        }
    }

    /** A bundle is gone: its handles are closed for it. The core lock is held. */
    void closeAllOfLocked(Module asker) {
        handles.values().removeIf(each -> {
            each.stream().filter(handle -> handle.asker == asker).forEach(Opened::closeLocked);
            each.removeIf(handle -> handle.closed);
            return each.isEmpty();
        });
    }

    private static final class Opened<F> implements FileHandle<F> {
        private final Orchestrator core;
        private final Object state;
        private final String which;
        private final Module asker;
        /** Null once it was revoked or closed; written under the core lock. */
        private volatile F file;
        private volatile boolean closed;

        Opened(Orchestrator core, Object state, F file, String which, Module asker) {
            this.core = core;
            this.state = state;
            this.file = file;
            this.which = which;
            this.asker = asker;
        }

        @Override
        public F get() throws LiveUpdateException {
            F present = file;
            if (present != null) {
                return present;
            }
            throw closed ? new LiveUpdateException(Errno.EBADF, this + " was closed")
                    : new LiveUpdateException(Errno.ENODEV, this + " was revoked: the bundle that serves it has left");
        }

        @Override
        public void close() {
            core.lock().lock();
            try {
                Set<Opened<?>> open = core.openFiles().handles.get(state);
                if (closeLocked() && open != null && open.remove(this) && open.isEmpty()) {
                    core.openFiles().handles.remove(state);
                    core.lock().changed();
                }
            } finally {
                core.lock().unlock();
            }
        }

        private boolean closeLocked() {
            boolean first = !closed;
            closed = true;
            file = null;
            return first;
        }

        private void revokeLocked() {
            file = null;
        }

        @Override
        public String toString() {
            return "handle of " + asker + " on " + which;
        }
    }
}
