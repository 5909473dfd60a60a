package org.liveupdate.core.luo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.image.FileList;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.kho.image.FixedString;

/** The sessions of both sides, by name: two name spaces, each in order of creation. */
final class Sessions {
    private final Orchestrator core;
    private final CoreLock lock;
    /** Guarded by the core lock. */
    private final Map<String, OutgoingSession> outgoing = new LinkedHashMap<>();
    /** Guarded by the core lock. */
    private final Map<String, IncomingSession> incoming = new LinkedHashMap<>();
    /** Whether the device was opened in this generation; guarded by the core lock. */
    private boolean opened;

    Sessions(Orchestrator core) {
        this.core = core;
        this.lock = core.lock();
    }

    /** Takes over the sessions of an image; the core lock is held. */
    void inheritLocked(List<ImageModel.SessionEntry> sessions) {
        for (ImageModel.SessionEntry session : sessions) {
            FileList files = FileList.of(session.files());
            Map<List<String>, IncomingFlb[]> lists = new IdentityHashMap<>();
            IncomingFlb[][] flbsOfKinds = files.kinds().stream()
                    .map(kind -> lists.computeIfAbsent(kind.flbs(), this::entriesLocked)).toArray(IncomingFlb[][]::new);
            incoming.put(session.name(), new IncomingSession(session.name(), newTurn(), files, flbsOfKinds));
        }
    }

    /** An outgoing session that an earlier core had; the core lock is held. */
    OutgoingSession resumeLocked(String name) {
        OutgoingSession session = new OutgoingSession(name, newTurn());
        outgoing.put(name, session);
        return session;
    }

    private IncomingFlb[] entriesLocked(List<String> names) {
        return names.stream().map(core.incoming()::entryLocked).toArray(IncomingFlb[]::new);
    }

    /** The device is opened: incoming files bind to the handlers there are. */
    void open() {
        lock.lock();
        try {
            opened = true;
        } finally {
            lock.unlock();
        }
        bindWaiting();
    }

    boolean openedLocked() {
        return opened;
    }

    /** Binds every waiting file whose handler is registered, once the device was opened. */
    void bindWaiting() {
        lock.lock();
        try {
            if (opened) {
                for (IncomingSession session : incoming.values()) {
                    for (IncomingFile file : session.oldestFirst()) {
                        bindLocked(file);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Binds a file if it waits and its handler is there; returns whether it is bound. */
    boolean bindLocked(IncomingFile file) {
        if (file.handler == null) {
            HandlerRuntime handler = bindableLocked(file);
            if (handler != null) {
                bindLocked(file, handler);
            }
        }
        return file.handler != null;
    }

    void bindLocked(IncomingFile file, HandlerRuntime handler) {
        core.references().use(handler.module());
        handler.hold();
        file.handler = handler;
        core.changed();
    }

    private HandlerRuntime bindableLocked(IncomingFile file) {
        HandlerRuntime handler = core.registry().handler(file.compatible);
        boolean takes = handler != null && !handler.isGoing() && !handler.isReplacing()
                && core.bindings().allows(handler.module(), file.preservedBy);
        return takes ? handler : null;
    }

    /** Binds all files of a session or none; returns the first that cannot be bound, or null. */
    IncomingFile bindAllLocked(IncomingSession session) {
        for (IncomingFile file : session.oldestFirst()) {
            if (file.handler == null && bindableLocked(file) == null) {
                return file;
            }
        }
        session.oldestFirst().forEach(this::bindLocked);
        return null;
    }

    OutgoingSession create(String name) throws LiveUpdateException {
        core.checkEnabled();
        core.phases().checkNotFrozen();
        checkName(name);
        core.phases().checkNotFreezing();
        lock.lock();
        try {
            // Again, now that no reboot can begin unseen: it lists the sessions under this lock.
            core.phases().checkNotFrozen();
            core.phases().checkNotFreezing();
            if (outgoing.containsKey(name)) {
                throw new LiveUpdateException(Errno.EEXIST, "there is an outgoing session \"" + name + "\" already");
            }
            OutgoingSession session = new OutgoingSession(name, newTurn());
            outgoing.put(name, session);
            core.changed();
            return session;
        } finally {
            lock.unlock();
        }
    }

    private static void checkName(String name) throws LiveUpdateException {
        int bytes = name == null ? 0 : name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || !FixedString.fits(name, LiveUpdateConstants.SESSION_NAME_MAX_BYTES + 1)) {
            throw new LiveUpdateException(Errno.EINVAL, "a session name has 1 to "
                    + LiveUpdateConstants.SESSION_NAME_MAX_BYTES + " bytes of UTF-8 without NUL, not " + bytes);
        }
    }

    OutgoingSession find(String name) throws LiveUpdateException {
        core.checkEnabled();
        lock.lock();
        try {
            OutgoingSession session = outgoing.get(name);
            if (session == null) {
                throw new LiveUpdateException(Errno.ENOENT,
                        "there is no outgoing session \"" + name + "\"; there are " + outgoing.keySet());
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    IncomingSession retrieve(String name) throws LiveUpdateException {
        core.checkEnabled();
        core.phases().checkNotFrozen();
        core.phases().checkNotFreezing();
        lock.lock();
        try {
            IncomingSession session = incoming.get(name);
            if (session == null) {
                throw new LiveUpdateException(Errno.ENOENT, "no session \"" + name
                        + "\" was handed over; what was: " + incoming.keySet());
            }
            if (session.retrieved()) {
                throw new LiveUpdateException(Errno.EINVAL, session + " is open already; close it there first");
            }
            session.retrieved(true);
            core.changed();
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who had it open is gone without closing it: it can be retrieved again. */
    void abandon(IncomingSession session) {
        lock.lock();
        try {
            session.retrieved(false);
            core.changed();
        } finally {
            lock.unlock();
        }
    }

    void remove(SessionState session) {
        lock.lock();
        try {
            session.end();
            core.changed();
            (session instanceof OutgoingSession ? outgoing : incoming).remove(session.name(), session);
        } finally {
            lock.unlock();
        }
    }

    private Turn newTurn() {
        return new Turn(lock, core.watchdog());
    }

    /** Whose files wait for a handler with a string, without repetition; the core lock is held. */
    Set<String> ownersLocked(String compatible) {
        Set<String> owners = new LinkedHashSet<>();
        for (IncomingSession session : incoming.values()) {
            if (session.size() > 0) {
                session.ownersOf(compatible, owners);
            }
        }
        for (OutgoingSession session : outgoing.values()) {
            for (HeldFile file : session.oldestFirst()) {
                if (file.isDetached() && file.handler().compatible().equals(compatible)) {
                    owners.add(file.handler().module().owner());
                }
            }
        }
        return owners;
    }

    /** The sessions of both sides; the core lock is held. */
    List<SessionState> allLocked() {
        List<SessionState> all = new ArrayList<>(outgoing.values());
        all.addAll(incoming.values());
        return all;
    }

    /** The core lock is held. */
    Collection<OutgoingSession> outgoingLocked() {
        return outgoing.values();
    }

    /** The core lock is held. */
    Collection<IncomingSession> incomingLocked() {
        return incoming.values();
    }
}
