package org.liveupdate.providers.api.iommu;

import java.util.List;
import java.util.OptionalLong;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A page table that devices translate through (HWPT), in handover memory; the IOMMU knows it as a domain.
 *
 * <p>Thread safe. Errors that all have in common are those of {@link Iommufd}. One that came with a live update refuses
 * everything but reading with {@code EBUSY} until it is {@linkplain Iommufd#restore reclaimed}.
 */
@ProviderType
public interface HardwarePageTable {

    /** Its number within the iommufd, the same after a live update; at least 1. */
    int id();

    /** The address space it shows. */
    IoAddressSpace addressSpace();

    /**
     * Marks it to be preserved with its iommufd, the next time that is. Marking it again with the same token changes
     * nothing.
     *
     * @param token unique among the marks of this iommufd; any number
     * @throws LiveUpdateException {@code EADDRINUSE} another page table of this iommufd has the token; {@code EBUSY} this one
     *         has another token
     */
    void preserve(long token) throws LiveUpdateException;

    /** The token it is marked with. */
    OptionalLong token();

    /**
     * Attaches a device: from now on its accesses are translated here. A device that is attached to another page table, of
     * whatever iommufd, moves here, without a moment in which it could reach what neither of the two maps. A device that
     * came attached to this one with a live update is claimed: nothing changes for it.
     *
     * @param device not null
     * @throws LiveUpdateException {@code ENODEV} no IOMMU is in front of this device, or none is configured; {@code EBUSY}
     *         the device is preserved, and not through this page table; {@code ENOMEM}; {@code ETIMEDOUT} the device did
     *         not say that it has ended its access through the page table it was attached to before
     */
    void attach(PciAddress device) throws LiveUpdateException;

    /**
     * Detaches a device: from now on all its accesses fault. When this returns none is under way any more.
     *
     * @param device not null
     * @throws LiveUpdateException {@code ENOENT} it is not attached here; {@code EBUSY} it is preserved;
     *         {@code ETIMEDOUT} it did not say that it has ended its access: it is detached all the same
     */
    void detach(PciAddress device) throws LiveUpdateException;

    /** The devices attached, those included that came with a live update and were not claimed yet; a copy, by address. */
    List<PciAddress> devices();

    /**
     * Frees it. Doing it twice does nothing.
     *
     * @throws LiveUpdateException {@code EBUSY} a device is attached, or it is preserved
     */
    void destroy() throws LiveUpdateException;
}
