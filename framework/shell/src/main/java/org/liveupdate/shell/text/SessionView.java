package org.liveupdate.shell.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** Sessions, one line for each, with their files counted by state. */
final class SessionView extends View<SessionDTO> {
    SessionView() {
        super(SessionDTO.class);
    }

    @Override
    String text(List<SessionDTO> sessions) {
        TextTable table = TextTable.of("session", "side", "open", "files", "states").alignRight(3);
        for (SessionDTO session : sessions) {
            table.row(session.name, session.side.toLowerCase(java.util.Locale.ROOT), session.open ? "yes" : "no",
                    session.files.length, states(session.files));
        }
        return sessions.isEmpty() ? "there is no session" : table.toString();
    }

    private static String states(FileDTO[] files) {
        Map<String, Integer> counts = new TreeMap<>();
        for (FileDTO file : files) {
            counts.merge(file.state, 1, Integer::sum);
        }
        return counts.entrySet().stream().map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
    }
}
