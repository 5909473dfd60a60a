package org.liveupdate.core.luo;

import org.liveupdate.api.Side;

/** What both sides' sessions have in common. */
public abstract sealed class SessionState permits OutgoingSession, IncomingSession {
    private final String name;
    private final Turn turn;
    /** Set when the session has ended for good; written in its turn. */
    private volatile boolean gone;

    SessionState(String name, Turn turn) {
        this.name = name;
        this.turn = turn;
    }

    /**
     * The name.
     *
     * @return not null
     */
    public final String name() {
        return name;
    }

    /**
     * Which side it is on.
     *
     * @return not null
     */
    public abstract Side side();

    /** How many unfinished files it has. */
    abstract int size();

    final Turn turn() {
        return turn;
    }

    final boolean gone() {
        return gone;
    }

    final void end() {
        gone = true;
    }

    @Override
    public final String toString() {
        return side().name().toLowerCase(java.util.Locale.ROOT) + " session \"" + name + '"';
    }
}
