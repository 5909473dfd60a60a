package org.liveupdate.kho;

import java.util.List;

/** The part of {@link MemoryStatistics} that the ledger knows; the components are those of that record. */
record MemoryUse(long totalPages, long limitPages, long usedPages, long highWaterPages, List<Long> freeBlocks,
        double fragmentation) {}
