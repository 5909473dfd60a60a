package org.liveupdate.shell.text;

import java.util.List;
import org.liveupdate.api.runtime.dto.EventDTO;

/** Events, one line for each; further lines of its text, a stack for example, stand below it. */
final class EventView extends View<EventDTO> {
    EventView() {
        super(EventDTO.class);
    }

    @Override
    String text(List<EventDTO> events) {
        return events.isEmpty() ? "nothing has been recorded" : table(events);
    }

    static String table(List<EventDTO> events) {
        TextTable table = TextTable.of("time", "id", "kind", "result", "what");
        for (EventDTO event : events) {
            List<String> lines = event.text.lines().toList();
            table.row(Quantity.time(event.time), event.id, event.kind, event.result,
                    lines.isEmpty() ? "" : lines.get(0));
            lines.stream().skip(1).forEach(line -> table.row("", "", "", "", line));
        }
        return events.isEmpty() ? "" : table.toString();
    }
}
