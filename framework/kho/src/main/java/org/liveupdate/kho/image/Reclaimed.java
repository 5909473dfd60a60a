package org.liveupdate.kho.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What was deleted from a handover directory.
 *
 * @param files the files that were deleted
 * @param bytes the sum of their lengths; memory files are sparse, so they may have taken less room
 */
public record Reclaimed(List<Path> files, long bytes) {

    /** Takes a copy of the list. */
    public Reclaimed {
        files = List.copyOf(files);
    }
}
