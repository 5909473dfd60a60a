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
    /** Highest page ever used, plus one. */
    public long highWaterPages;
}
