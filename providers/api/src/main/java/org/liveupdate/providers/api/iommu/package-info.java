/**
 * What a device may reach of memory, and where: IO address spaces, hardware page tables, and the devices attached to them.
 *
 * <p>{@link org.liveupdate.providers.api.iommu.IommufdFactory} and {@link org.liveupdate.providers.api.iommu.IommuCore}
 * are OSGi services. An {@link org.liveupdate.providers.api.iommu.Iommufd} is preserved by the file handler
 * {@code iommufd-v1}, which depends on the FLB {@code iommu-liveupdate}, whose live object is
 * {@link org.liveupdate.providers.api.iommu.PreservedIommu}.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.iommu;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
