package org.liveupdate.providers.api.iommu;

import java.util.List;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.pci.PciAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The IOMMU for drivers whose devices are attached to hardware page tables, and for whoever wants to know where an access
 * would end. An OSGi service, present while this generation is in charge of handover memory. Thread safe.
 *
 * <p>A driver's file handler calls the first two from its own callbacks:
 *
 * <pre>
 * public Preserved&lt;?&gt; preserve(FileContext context, VfioFile file) throws LiveUpdateException {
 *     long iommufd = iommu.preserveDevice(context, file.address());
 *     ...
 * public void unpreserve(FileContext context, VfioFile file, long data, Object object) {
 *     iommu.unpreserveDevice(context, file.address());
 * </pre>
 *
 * In the successor the driver attaches its device to the reclaimed page table before it is finished
 * ({@link HardwarePageTable#attach}); there is nothing else to be finished for the device.
 */
@ProviderType
public interface IommuCore {

    /**
     * Preserves a device's attachment ({@code iommufd_device_preserve}, then {@code iommu_preserve_device}). The first
     * check that fails decides, and nothing has changed then.
     *
     * @param context the driver's, of {@code preserve}; its session has to hold the iommufd already; not null
     * @param device not null
     * @return the token under which the session holds the iommufd
     * @throws LiveUpdateException {@code EOPNOTSUPP} no IOMMU is in front of the device · {@code ENOENT} it is not attached
     *         · {@code EINVAL} its page table is not marked · the errno of {@link FileContext#token(Object)} for the
     *         iommufd, {@code ENOENT} if this session does not hold it · {@code EINVAL} the FLB is not preserved, or the
     *         page table is not (it was marked after its iommufd was preserved), or the device is preserved already ·
     *         {@code ENOMEM}
     */
    long preserveDevice(FileContext context, PciAddress device) throws LiveUpdateException;

    /**
     * Ends what {@link #preserveDevice} began. Does nothing if the device is not preserved.
     *
     * @param context the driver's, of {@code unpreserve}, or of a {@code preserve} that fails; not null
     * @param device not null
     * @throws LiveUpdateException the errno with which the FLB cannot be reached
     */
    void unpreserveDevice(FileContext context, PciAddress device) throws LiveUpdateException;

    /**
     * Whether a device's attachment is preserved for the next generation.
     *
     * @param device not null
     */
    boolean isPreserved(PciAddress device);

    /**
     * The attachments that came with a live update and were not claimed yet, by device.
     *
     * @return a copy; empty after a cold start
     * @throws LiveUpdateException what came cannot be read: the errno with which the FLB was retrieved
     */
    List<PreservedDevice> incoming() throws LiveUpdateException;

    /**
     * Where an access of a device would end now, as the hardware would find out: through the IOMMU's registers, its root
     * table and the page tables in handover memory. No fault is counted.
     *
     * @param device not null
     * @param iova any IO virtual address
     * @param write whether it would write
     * @return never null
     * @throws LiveUpdateException {@code ENODEV} no IOMMU is in front of the device
     */
    Translation translate(PciAddress device, long iova, boolean write) throws LiveUpdateException;

    /**
     * How many accesses of devices have faulted since the machine was switched on; 0 without an IOMMU.
     */
    long faults();
}
