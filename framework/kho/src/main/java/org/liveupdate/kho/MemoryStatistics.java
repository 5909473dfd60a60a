package org.liveupdate.kho;

import java.util.List;
import java.util.Map;

/**
 * What handover memory looked like at one moment. Pages have 4096 bytes.
 *
 * @param totalPages pages of the memory file, the first one included
 * @param limitPages how many pages the file may grow to
 * @param usedPages pages of all ordinary and preserved blocks
 * @param preservedPages pages of preserved blocks
 * @param scopes how many scopes there are
 * @param preservedBlocks how many blocks they have
 * @param highWaterPages the largest {@code usedPages} there has been in this generation
 * @param freeBlocks how many free blocks there are of each order, 0 to 18
 * @param fragmentation share of the free pages that cannot be had in one block: 0 when the largest free block is as
 *        large as free pages and block size allow, towards 1 when free pages are scattered
 * @param poolPages pages by owner of ordinary blocks, sorted by name
 * @param scopePages pages by owner of preserved blocks, sorted by name; scopes of the same owner are added up
 */
public record MemoryStatistics(long totalPages, long limitPages, long usedPages, long preservedPages,
        int scopes, int preservedBlocks,
        long highWaterPages, List<Long> freeBlocks, double fragmentation, Map<String, Long> poolPages,
        Map<String, Long> scopePages) {}
