package org.liveupdate.core.osgi;

import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.luo.Snapshot;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryStatistics;

/** Shows the core as data. */
final class RuntimeService implements LiveUpdateRuntime {
    private static final long PAGE_BYTES = 4096;

    private final Orchestrator core;
    private final Whiteboard whiteboard;
    private final HandoverService handover;
    private final Storage storage;

    RuntimeService(Orchestrator core, Whiteboard whiteboard, HandoverService handover, Storage storage) {
        this.core = core;
        this.whiteboard = whiteboard;
        this.handover = handover;
        this.storage = storage;
    }

    @Override
    public RuntimeDTO getRuntimeDTO() {
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(core, whiteboard.offered(), dto);
        dto.phase = handover.phase().name();
        dto.number = handover.number();
        dto.directory = storage.path().toString();
        dto.refused = whiteboard.refused().toArray(RefusedDTO[]::new);
        dto.memory = memory(storage.memory());
        dto.update = handover.update() == null ? null : handover.update().toDto(core.timeline());
        return dto;
    }

    private static MemoryDTO memory(HandoverMemory memory) {
        if (memory == null) {
            return null;
        }
        MemoryStatistics statistics = memory.statistics();
        MemoryDTO dto = new MemoryDTO();
        dto.file = memory.file().toString();
        dto.pageSize = PAGE_BYTES;
        dto.usedPages = statistics.usedPages();
        dto.preservedPages = statistics.preservedPages();
        dto.highWaterPages = statistics.highWaterPages();
        return dto;
    }
}
