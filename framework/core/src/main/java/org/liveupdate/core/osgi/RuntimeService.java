package org.liveupdate.core.osgi;

import java.util.function.Supplier;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.luo.Snapshot;

/** Shows the core as data. */
final class RuntimeService implements LiveUpdateRuntime {
    private final Orchestrator core;
    private final Whiteboard whiteboard;
    private final HandoverService handover;
    private final Storage storage;
    private final ThisGeneration generation;
    private final Supplier<Configuration> configuration;

    RuntimeService(Orchestrator core, Whiteboard whiteboard, HandoverService handover, Storage storage,
            ThisGeneration generation, Supplier<Configuration> configuration) {
        this.core = core;
        this.whiteboard = whiteboard;
        this.handover = handover;
        this.storage = storage;
        this.generation = generation;
        this.configuration = configuration;
    }

    @Override
    public RuntimeDTO getRuntimeDTO() {
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(core, whiteboard.offered(), dto);
        dto.phase = handover.phase().name();
        dto.number = handover.number();
        dto.directory = storage.path().toString();
        dto.refused = whiteboard.refused().toArray(RefusedDTO[]::new);
        dto.memory = MemoryOverview.of(storage.memory());
        dto.image = handover.origin() == null ? null : handover.origin().toDto();
        dto.generation = generation.toDto();
        dto.settings = configuration.get().toMap();
        dto.history = EventList.of(core.journal().history());
        dto.freeze = TimesList.of(core.timeline().freezing(), core.timeline().freezeBegan());
        dto.update = handover.update() == null ? null : handover.update().toDto(core.timeline());
        return dto;
    }
}
