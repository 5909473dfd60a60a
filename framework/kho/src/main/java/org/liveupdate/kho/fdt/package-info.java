/**
 * The flattened device tree (DTB, version 17): the root of every image.
 *
 * <p>{@link org.liveupdate.kho.fdt.FdtWriter} writes what {@code dtc} and {@code fdtdump} read;
 * {@link org.liveupdate.kho.fdt.FdtReader} reads what they write and believes nothing that it has not checked.
 */
@Export
@Version("1.0.0")
package org.liveupdate.kho.fdt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
