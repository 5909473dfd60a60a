package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** Handover memory. */
public class MemoryDTO extends DTO {
    /** The file. */
    public String file;
    /** Bytes in a page. */
    public long pageSize;
    /** Pages allocated, preserved or not. */
    public long usedPages;
    /** Pages that belong to an FLB or a file. */
    public long preservedPages;
    /** The largest number of pages that were allocated at one time in this generation. */
    public long highWaterPages;
    /** Pages of the file. */
    public long totalPages;
    /** Pages that the file may grow to. */
    public long limitPages;
    /** Blocks that belong to an FLB or a file. */
    public long preservedBlocks;
    /** How many free blocks there are of each order: entry n counts blocks of 2 to the power of n pages. */
    public long[] freeBlocks = {};
    /** Share of the free pages that cannot be had in one block: 0 if they are together, towards 1 if scattered. */
    public double fragmentation;
    /** Who has what, by name. */
    public MemoryOwnerDTO[] owners = {};
}
