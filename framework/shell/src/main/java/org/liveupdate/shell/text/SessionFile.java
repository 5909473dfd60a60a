package org.liveupdate.shell.text;

import java.util.Arrays;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/**
 * A file and where it is.
 *
 * @param session
 *            name of its session
 * @param side
 *            of the session
 * @param file
 *            the file
 */
public record SessionFile(String session, String side, FileDTO file) {
    /**
     * All files of some sessions.
     *
     * @param sessions
     *            which
     * @return in the order of the sessions, oldest first in each
     */
    public static SessionFile[] of(SessionDTO... sessions) {
        return Arrays.stream(sessions).flatMap(session -> Arrays.stream(session.files)
                .map(file -> new SessionFile(session.name, session.side, file))).toArray(SessionFile[]::new);
    }
}
