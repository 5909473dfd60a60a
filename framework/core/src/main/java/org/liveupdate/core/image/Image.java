package org.liveupdate.core.image;

import org.liveupdate.kho.image.MemoryState;

/**
 * All that an image says.
 *
 * @param model
 *            FLBs, sessions and files
 * @param moments
 *            of the live update
 * @param memory
 *            where preserved memory is, or null if there was none
 */
public record Image(ImageModel model, Moments moments, MemoryState memory) {}
