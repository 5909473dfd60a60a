package org.liveupdate.core.luo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.TokenTable;

/**
 * A session on its way to the next generation. Files are only added until the session is closed, and only taken out,
 * newest first, while it is: so its files can be read at any time without waiting, up to the first that is gone.
 */
final class OutgoingSession extends SessionState {
    private static final int SMALLEST = 8;
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(OutgoingSession.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Oldest first. Changed in the session's turn; volatile for others, who read {@link #size} before. */
    private volatile HeldFile[] files = new HeldFile[SMALLEST];
    /**
     * Changed in the session's turn. Others read it with acquire, and it is written with release, which publishes the
     * files: nobody needs to see it in order with anything else, so it costs no fence.
     */
    private int size;
    /** Positions in {@link #files}; made again when a file is taken out of the middle. Guarded by the session's turn. */
    private TokenTable byToken = new TokenTable(0);

    /** By the file itself; null until a callback asks for the token of a file. Guarded by the session's turn. */
    private volatile Map<Object, HeldFile> byFile;

    OutgoingSession(String name, Turn turn) {
        super(name, turn);
    }

    @Override
    public Side side() {
        return Side.OUTGOING;
    }

    @Override
    int size() {
        return (int) SIZE.getAcquire(this);
    }

    /** The newest file, or null; to be asked in the session's turn. */
    HeldFile newest() {
        return size == 0 ? null : files[size - 1];
    }

    boolean hasToken(long token) {
        return byToken.get(token) >= 0;
    }

    /** The file with a token, or null; to be asked in the session's turn. */
    HeldFile file(long token) {
        int position = byToken.get(token);
        return position < 0 ? null : files[position];
    }

    /** The file that was preserved as this very object, or null. */
    HeldFile held(Object file) {
        Map<Object, HeldFile> known = byFile;
        if (known == null) {
            known = new IdentityHashMap<>();
            for (int i = 0; i < size; i++) {
                known.put(files[i].file(), files[i]);
            }
            byFile = known;
        }
        HeldFile held = known.get(file);
        return held == null || held.isDetached() ? null : held;
    }

    void add(HeldFile file) {
        remember(file);
        HeldFile[] room = files;
        if (size == room.length) {
            room = Arrays.copyOf(room, size * 2);
            files = room;
        }
        byToken.put(file.token, size);
        room[size] = file;
        SIZE.setRelease(this, size + 1);
    }

    /** The table by file is made again when it is needed; also outside of the turn. */
    void forgetObjects() {
        byFile = null;
    }

    /** The object that a file was preserved as is about to change. */
    void forget(HeldFile file) {
        Map<Object, HeldFile> known = byFile;
        if (known != null) {
            known.remove(file.file());
        }
    }

    /** The object that a file is has changed. */
    void remember(HeldFile file) {
        Map<Object, HeldFile> known = byFile;
        if (known != null) {
            known.put(file.file(), file);
        }
    }

    /** Takes the newest file out. */
    void removeNewest() {
        int last = size - 1;
        forget(files[last]);
        SIZE.setRelease(this, last);
        files[last] = null;
    }

    /** Takes a file without an object out. */
    void remove(HeldFile file) {
        HeldFile[] all = oldestFirst();
        HeldFile[] room = new HeldFile[files.length];
        TokenTable tokens = new TokenTable(0);
        int kept = 0;
        for (HeldFile each : all) {
            if (each != file) {
                tokens.put(each.token, kept);
                room[kept++] = each;
            }
        }
        SIZE.setRelease(this, kept); // first: who reads a size finds so many files
        files = room;
        byToken = tokens;
    }

    /** The files, oldest first: a copy. */
    HeldFile[] oldestFirst() {
        HeldFile[] copy = new HeldFile[size()];
        HeldFile[] present = files;
        for (int i = 0; i < copy.length; i++) {
            copy[i] = present[i];
            if (copy[i] == null) {
                return Arrays.copyOf(copy, i); // taken out meanwhile
            }
        }
        return copy;
    }
}
