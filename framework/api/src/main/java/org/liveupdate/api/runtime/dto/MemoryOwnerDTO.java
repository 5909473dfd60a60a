package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** What one owner has of handover memory. */
public class MemoryOwnerDTO extends DTO {
    /** The FLB, the file or the bundle that the pages belong to. */
    public String owner;
    /** Pages that outlive an update. */
    public long preservedPages;
    /** Pages of ordinary blocks, which end with the generation. */
    public long ordinaryPages;
}
