package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** A session. */
public class SessionDTO extends DTO {
    /** Its name. */
    public String name;
    /** OUTGOING or INCOMING. */
    public String side;
    /** Whether somebody has it open. */
    public boolean open;
    /** Its files, oldest first. */
    public FileDTO[] files = {};
}
