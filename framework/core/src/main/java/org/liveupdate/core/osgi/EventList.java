package org.liveupdate.core.osgi;

import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.History;

/** The history as data. */
final class EventList {
    private EventList() {}

    static EventDTO[] of(History history) {
        return history.list().stream().map(EventList::toDto).toArray(EventDTO[]::new);
    }

    private static EventDTO toDto(Event event) {
        EventDTO dto = new EventDTO();
        dto.sequence = event.sequence();
        dto.time = event.time().toEpochMilli();
        dto.id = event.id().toString();
        dto.kind = event.id().kind().name();
        dto.subject = event.subject();
        dto.result = event.result();
        dto.text = event.text();
        return dto;
    }
}
