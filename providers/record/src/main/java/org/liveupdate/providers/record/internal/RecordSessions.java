package org.liveupdate.providers.record.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.providers.api.record.Records;

/**
 * The sessions that hold records, one record each, so that one can be removed without the others. Thread safe without a
 * lock: the core decides who was first.
 */
final class RecordSessions {

    private static final long TOKEN = 0;

    private final LiveUpdate liveUpdate;
    /** Outgoing sessions, by their names: as they were opened here, because closing one ends it. */
    private final Map<String, Session> outgoing = new ConcurrentHashMap<>();
    /** Incoming sessions that could not be taken over yet, by their names. */
    private final Map<String, Session> incoming = new ConcurrentHashMap<>();
    /** Why not. */
    private final Map<String, LiveUpdateException> refusals = new ConcurrentHashMap<>();

    RecordSessions(LiveUpdate liveUpdate) {
        this.liveUpdate = liveUpdate;
    }

    /** The names of all records. */
    List<String> names() {
        return Stream.of(Side.OUTGOING, Side.INCOMING).flatMap(this::sessions).distinct()
                .map(session -> session.substring(Records.SESSION_PREFIX.length())).toList();
    }

    private Stream<String> sessions(Side side) {
        return liveUpdate.sessions(side).stream().filter(name -> name.startsWith(Records.SESSION_PREFIX));
    }

    private boolean exists(Side side, String session) {
        return liveUpdate.sessions(side).contains(session);
    }

    /**
     * Makes outgoing what was handed over. To be called by one thread at a time.
     *
     * @return whether nothing is left to be taken over
     */
    boolean takeOver() {
        sessions(Side.INCOMING).forEach(session -> {
            try {
                takeOver(session);
                refusals.remove(session);
            } catch (LiveUpdateException e) {
                refusals.put(session, e);
            }
        });
        return sessions(Side.INCOMING).findAny().isEmpty();
    }

    /**
     * The contents are preserved once more before the old ones are given up: whenever this generation ends meanwhile, the
     * next one finds them.
     */
    private void takeOver(String name) throws LiveUpdateException {
        Session old = incoming.get(name);
        if (old == null) {
            old = liveUpdate.retrieveSession(name);
            incoming.put(name, old);
        }
        if (!old.tokens().isEmpty()) {
            Session next = outgoing(name);
            if (next.tokens().isEmpty()) {
                RecordFile file = old.retrieve(TOKEN, RecordFile.class);
                next.preserve(TOKEN, RecordFile.of(file.name(), file.contents()));
            }
            old.finish();
        }
        old.close();
        incoming.remove(name);
    }

    /** The record with a name, made if there is none. */
    RecordFile file(String name) throws LiveUpdateException {
        String session = session(name);
        checkTakenOver(session);
        Session known = outgoing(session);
        try {
            return file(known, name);
        } catch (LiveUpdateException e) {
            if (e.errno() != Errno.EBADF) {
                throw e;
            }
            // somebody else has removed the record since it was last opened here
            outgoing.remove(session, known);
            return file(outgoing(session), name);
        }
    }

    private static RecordFile file(Session session, String name) throws LiveUpdateException {
        if (session.tokens().isEmpty()) {
            try {
                session.preserve(TOKEN, RecordFile.of(name, Optional.empty()));
            } catch (LiveUpdateException e) {
                if (e.errno() != Errno.EEXIST) { // else another bundle was quicker
                    throw e;
                }
            }
        }
        try (FileHandle<RecordFile> handle = session.open(TOKEN, RecordFile.class)) {
            return handle.get();
        }
    }

    private Session outgoing(String name) throws LiveUpdateException {
        Session known = outgoing.get(name);
        if (known == null) {
            known = exists(Side.OUTGOING, name) ? liveUpdate.openSession(name) : create(name);
            outgoing.put(name, known);
        }
        return known;
    }

    private Session create(String name) throws LiveUpdateException {
        try {
            return liveUpdate.createSession(name);
        } catch (LiveUpdateException e) {
            if (e.errno() != Errno.EEXIST) { // else another bundle was quicker
                throw e;
            }
            return liveUpdate.openSession(name);
        }
    }

    /** Ends the session of a record, and with it the record. */
    void remove(String name) throws LiveUpdateException {
        String session = session(name);
        Session unread = incoming.get(session);
        if (unread != null) {
            unread.close();
            incoming.remove(session);
            refusals.remove(session);
        } else if (exists(Side.OUTGOING, session)) {
            removeOutgoing(session, name);
        } else {
            throw new LiveUpdateException(Errno.ENOENT, "there is no record \"" + name + "\"; there are " + names());
        }
    }

    private void removeOutgoing(String session, String name) throws LiveUpdateException {
        RecordUse remover = file(name).open("whoever removes it");
        try {
            outgoing(session).close();
            outgoing.remove(session);
        } finally {
            remover.abandon();
        }
    }

    private void checkTakenOver(String session) throws LiveUpdateException {
        if (exists(Side.INCOMING, session)) {
            LiveUpdateException refusal = refusals.get(session);
            throw refusal == null
                    ? new LiveUpdateException(Errno.EBUSY, session + " is being taken over: try again")
                    : new LiveUpdateException(refusal.errno(),
                            session + " was handed over and cannot be read; remove it "
                                    + "to start afresh: " + refusal.getMessage());
        }
    }

    private static String session(String name) throws LiveUpdateException {
        int bytes = name == null ? 0 : name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > Records.NAME_MAX_BYTES || name.indexOf('\0') >= 0) {
            throw new LiveUpdateException(Errno.EINVAL, "a record's name has 1 to " + Records.NAME_MAX_BYTES
                    + " bytes of UTF-8 without NUL, not " + bytes);
        }
        return Records.SESSION_PREFIX + name;
    }
}
