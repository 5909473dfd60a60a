package org.liveupdate.providers.api.iommu;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens iommufds ({@code open("/dev/iommu")}). An OSGi service, present while this generation is in charge of handover
 * memory. Thread safe.
 */
@ProviderType
public interface IommufdFactory {

    /**
     * An iommufd without address spaces.
     *
     * @param name for people, not null; several may have the same
     * @return open, never null
     */
    Iommufd open(String name);
}
