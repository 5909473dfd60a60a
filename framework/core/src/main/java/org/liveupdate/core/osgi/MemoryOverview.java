package org.liveupdate.core.osgi;

import java.util.TreeSet;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.MemoryOwnerDTO;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryStatistics;

/** Handover memory as data. */
final class MemoryOverview {
    private static final long PAGE_BYTES = 4096;

    private MemoryOverview() {}

    /** Null before there is memory. */
    static MemoryDTO of(HandoverMemory memory) {
        if (memory == null) {
            return null;
        }
        MemoryStatistics statistics = memory.statistics();
        MemoryDTO dto = new MemoryDTO();
        dto.file = memory.file().toString();
        dto.pageSize = PAGE_BYTES;
        dto.usedPages = statistics.usedPages();
        dto.preservedPages = statistics.preservedPages();
        dto.preservedBlocks = statistics.preservedBlocks();
        dto.highWaterPages = statistics.highWaterPages();
        dto.totalPages = statistics.totalPages();
        dto.limitPages = statistics.limitPages();
        dto.freeBlocks = statistics.freeBlocks().stream().mapToLong(Long::longValue).toArray();
        dto.fragmentation = statistics.fragmentation();
        dto.owners = owners(statistics);
        return dto;
    }

    private static MemoryOwnerDTO[] owners(MemoryStatistics statistics) {
        TreeSet<String> names = new TreeSet<>(statistics.scopePages().keySet());
        names.addAll(statistics.poolPages().keySet());
        return names.stream().map(name -> {
            MemoryOwnerDTO owner = new MemoryOwnerDTO();
            owner.owner = name;
            owner.preservedPages = statistics.scopePages().getOrDefault(name, 0L);
            owner.ordinaryPages = statistics.poolPages().getOrDefault(name, 0L);
            return owner;
        }).toArray(MemoryOwnerDTO[]::new);
    }
}
