package org.liveupdate.providers.api.vfio;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.pci.PciAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open PCI device. It has one user.
 *
 * <p>It can be preserved in a session over a live update. It does not stop for that: what it has been told to do it goes
 * on doing, DMA included. In the successor it has to be {@linkplain #attach attached} again, to the reclaimed page table,
 * before its session can be finished.
 *
 * <p>Thread safe. Every method but {@link #address}, {@link #isAttached} and {@link #close} is {@code EBADF} after close and
 * {@code ENODEV} when the provider has left. Those that use the device are {@code EINVAL} until it has been attached once.
 */
@ProviderType
public interface VfioDevice extends AutoCloseable {

    /**
     * Where the device is.
     *
     * @return never null
     */
    PciAddress address();

    /**
     * Attaches it to a page table ({@code VFIO_DEVICE_ATTACH_IOMMUFD_PT}): its DMA is translated there from now on. The
     * first time the device is reset before, unless it came with a live update: then nothing happens to it.
     *
     * @param table not null
     * @throws LiveUpdateException as {@link HardwarePageTable#attach}
     */
    void attach(HardwarePageTable table) throws LiveUpdateException;

    /**
     * Detaches it: all its DMA faults from now on. Does nothing if it is not attached.
     *
     * @throws LiveUpdateException as {@link HardwarePageTable#detach}; {@code ENODEV} also if the provider of the page
     *         table, or of this file, was replaced meanwhile: attach the device to its page table once more before
     */
    void detach() throws LiveUpdateException;

    /** Whether it is attached to a page table. */
    boolean isAttached();

    /**
     * Reads a register of 64 bits of its first memory region (BAR 0).
     *
     * @param offset in bytes, a multiple of 8
     * @throws LiveUpdateException {@code EINVAL} if there is no such register
     */
    long read(long offset) throws LiveUpdateException;

    /**
     * Writes a register of 64 bits of its first memory region (BAR 0).
     *
     * @param offset in bytes, a multiple of 8
     * @param value any
     * @throws LiveUpdateException {@code EINVAL} if there is no such register
     */
    void write(long offset, long value) throws LiveUpdateException;

    /**
     * Lets the device interrupt its user, or not ({@code VFIO_DEVICE_SET_IRQS}). A live update is refused while any
     * preserved device has interrupts enabled.
     *
     * @param enabled false after a reset
     * @throws LiveUpdateException {@code EBUSY} if interrupts are to be enabled while a live update is under way
     */
    void interrupts(boolean enabled) throws LiveUpdateException;

    /**
     * Puts the device into the state in which it was switched on ({@code VFIO_DEVICE_RESET}): DMA stops, interrupts are off.
     *
     * @throws LiveUpdateException {@code ENOTTY} if this device could not be reset when it was first attached;
     *         {@code ETIMEDOUT} if it does not answer
     */
    void reset() throws LiveUpdateException;

    /**
     * Gives the device up. Unless a session holds it, DMA and interrupts are stopped, and it is reset, as far as it can be,
     * and detached. Closing twice does nothing.
     */
    @Override
    void close();
}
