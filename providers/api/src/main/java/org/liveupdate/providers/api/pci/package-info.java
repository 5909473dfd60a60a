/**
 * PCI devices, who drives them, and which of them a live update must not disturb.
 *
 * <p>{@link org.liveupdate.providers.api.pci.PciCore} is an OSGi service, a
 * {@link org.liveupdate.providers.api.pci.PciDriver} is one that drivers register. What is preserved belongs to the FLB
 * {@code pci}, whose live object is {@link org.liveupdate.providers.api.pci.PreservedDevices}.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.pci;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
