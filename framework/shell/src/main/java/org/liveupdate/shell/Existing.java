package org.liveupdate.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** Finds what people name, and lists what there is if there is nothing of that name. */
final class Existing {
    private static final int LISTED = 20;

    private final RuntimeDTO core;

    Existing(RuntimeDTO core) {
        this.core = core;
    }

    /**
     * The sessions with a name, at most one on each side.
     *
     * @throws LiveUpdateException
     *             {@code ENOENT} there is none
     */
    SessionDTO[] sessions(String name) throws LiveUpdateException {
        SessionDTO[] found = Arrays.stream(core.sessions).filter(session -> session.name.equals(name))
                .toArray(SessionDTO[]::new);
        if (found.length == 0) {
            throw unknown("session", name, Arrays.stream(core.sessions).map(session -> session.name).toList());
        }
        return found;
    }

    /**
     * The session with a name on one side.
     *
     * @throws LiveUpdateException
     *             {@code ENOENT} there is none
     */
    SessionDTO session(Side side, String name) throws LiveUpdateException {
        List<SessionDTO> ofSide = Arrays.stream(core.sessions).filter(session -> session.side.equals(side.name()))
                .toList();
        return ofSide.stream().filter(session -> session.name.equals(name)).findFirst()
                .orElseThrow(() -> unknown(side.name().toLowerCase(java.util.Locale.ROOT) + " session", name,
                        ofSide.stream().map(session -> session.name).toList()));
    }

    /**
     * Checks that a session has a file.
     *
     * @throws LiveUpdateException
     *             {@code ENOENT} it has not
     */
    static void checkToken(SessionDTO session, long token) throws LiveUpdateException {
        if (Arrays.stream(session.files).noneMatch(file -> file.token == token)) {
            throw unknown("file in session \"" + session.name + "\" with the token", Long.toString(token),
                    Arrays.stream(session.files).map(file -> Long.toString(file.token)).toList());
        }
    }

    static LiveUpdateException unknown(String kind, String name, List<String> known) {
        String list = known.stream().distinct().limit(LISTED).collect(Collectors.joining(", "));
        return new LiveUpdateException(Errno.ENOENT, "there is no " + kind + ' ' + name
                + (known.isEmpty() ? ", and no other" : "; there is " + list + (known.size() > LISTED ? ", ..." : "")));
    }
}
