package org.liveupdate.core.image;

import java.util.List;
import org.liveupdate.kho.image.ImageException;

/**
 * What could be read of an image that may be bad.
 *
 * @param image
 *            what stands before the faults: number 0, fewer FLBs, sessions or files, no moments or no memory where they
 *            were not reached, and empty owners if those could not be read
 * @param faults
 *            the first one of each part, in the order in which the parts are read; empty if the image is good
 */
public record Survey(Image image, List<ImageException> faults) {
    /** Takes a copy of the list. */
    public Survey {
        faults = List.copyOf(faults);
    }
}
