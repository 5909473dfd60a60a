/**
 * PCI devices driven by applications (VFIO): their registers, interrupts and DMA.
 *
 * <p>{@link org.liveupdate.providers.api.vfio.VfioFactory} is an OSGi service. Its files are preserved by the file handler
 * {@code vfio-pci-v1}, which depends on the FLB {@code pci}, and on the session holding the iommufd that the device is
 * attached to.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.vfio;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
