/**
 * The image of a live update: how it is written, committed, claimed, decided on and read, and the directory it lives
 * in.
 *
 * <p>An image is one file: a flattened device tree, pages of metadata that the tree points to, and a trailer with
 * length, version and checksum ({@link org.liveupdate.kho.image.ImageWriter},
 * {@link org.liveupdate.kho.image.ImageReader}). It becomes visible by one atomic rename, whole or not at all, and
 * every later step of its life is one atomic rename again ({@link org.liveupdate.kho.image.ImageStore}).
 *
 * <p>An image that cannot be used is one of three, by what an operator does about it: corrupt, too old, too new
 * ({@link org.liveupdate.kho.image.ImageException}).
 */
@Export
@Version("1.0.0")
package org.liveupdate.kho.image;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
