package org.liveupdate.core.luo;

import java.util.List;
import org.liveupdate.api.Side;

/** A session that was handed over. */
final class IncomingSession extends SessionState {
    /** Oldest first; never changed. */
    private final List<IncomingFile> files;
    private final TokenTable<IncomingFile> byToken;
    /** How many of the oldest files are unfinished; changed in the session's turn. */
    private volatile int size;
    /** Whether somebody has it open; written under the core lock. */
    private volatile boolean retrieved;

    IncomingSession(String name, Turn turn, List<IncomingFile> files) {
        super(name, turn);
        this.files = files;
        this.size = files.size();
        this.byToken = new TokenTable<>(files.size());
        files.forEach(file -> byToken.add(file.token, file));
    }

    @Override
    public Side side() {
        return Side.INCOMING;
    }

    @Override
    int size() {
        return size;
    }

    boolean retrieved() {
        return retrieved;
    }

    void retrieved(boolean value) {
        retrieved = value;
    }

    /** The unfinished files, oldest first. */
    List<IncomingFile> oldestFirst() {
        return files.subList(0, size);
    }

    /** The unfinished file with a token, or null. */
    IncomingFile file(long token) {
        return byToken.get(token);
    }

    IncomingFile newest() {
        return size == 0 ? null : files.get(size - 1);
    }

    void removeNewest() {
        byToken.remove(newest().token);
        size--;
    }
}
