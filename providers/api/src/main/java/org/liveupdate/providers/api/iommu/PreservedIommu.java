package org.liveupdate.providers.api.iommu;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The live object of the FLB {@code iommu-liveupdate}: which domains, devices and IOMMUs are preserved. Thread safe.
 */
@ProviderType
public interface PreservedIommu {

    /** The compatible string of the FLB. */
    String COMPATIBLE = "iommu-liveupdate";

    /** The version of what its {@code data} points to. */
    long VERSION = 1;

    /** How many domains are preserved. */
    int domains();

    /** The devices that are preserved, in the order in which they were ({@code iommu_for_each_preserved_device}). */
    List<PreservedDevice> devices();

    /** The tokens of the IOMMUs that are preserved, each once ({@code iommu_get_preserved_data}). */
    List<Long> iommus();
}
