package org.liveupdate.providers.api.pci;

import java.util.List;
import java.util.Optional;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The PCI devices of the machine: which there are, which driver has them, and which of them are preserved over a live
 * update. An OSGi service, also before this generation is in charge. Thread safe.
 *
 * <p>A driver's file handler, which lists the FLB {@code pci}, calls {@link #preserve}, {@link #unpreserve} and
 * {@link #finish} from its own callbacks of those names:
 *
 * <pre>
 * public Preserved&lt;?&gt; preserve(FileContext context, NicFile file) throws LiveUpdateException {
 *     pci.preserve(context, file.address());
 * </pre>
 *
 * <p>Every method that throws is {@code ENODEV} if there is no such device. Methods that need to know what the previous
 * generation left fail with the errno with which that could not be told, {@code ENODEV} before this generation is in
 * charge: a device about which it is not known whether it is doing DMA is left alone.
 */
@ProviderType
public interface PciCore {

    /**
     * The devices that sysfs lists, by address.
     *
     * @return a copy
     * @throws LiveUpdateException {@code EIO} if sysfs cannot be read
     */
    List<PciDevice> devices() throws LiveUpdateException;

    /**
     * One device.
     *
     * @param address not null
     * @return never null
     * @throws LiveUpdateException {@code ENODEV}; {@code EIO} if sysfs cannot be read
     */
    PciDevice device(PciAddress address) throws LiveUpdateException;

    /**
     * The name of the driver that has a device.
     *
     * @param address not null
     * @return empty if none has
     */
    Optional<String> driver(PciAddress address);

    /**
     * The only driver that may take a device ({@code driver_override}).
     *
     * @param address not null
     * @return empty if that is left to the drivers
     */
    Optional<String> driverOverride(PciAddress address);

    /**
     * Says which driver alone may take a device; whoever has it keeps it. Holds for this generation, and until the bundle
     * of this service is replaced; the configuration can say it for longer.
     *
     * @param address not null
     * @param driver its name, or null to leave it to the drivers
     * @throws LiveUpdateException {@code ENODEV}; {@code EINVAL} for an empty name
     */
    void overrideDriver(PciAddress address, String driver) throws LiveUpdateException;

    /**
     * Gives a device to the driver that {@code driver_override} names, else to the first that matches
     * ({@code drivers_probe}).
     *
     * @param address not null
     * @return the driver's name
     * @throws LiveUpdateException {@code ENODEV} also if no driver takes it; {@code EBUSY} if one has it, or if the
     *         previous generation preserved it and no {@code driver_override} says who may have it; what the driver throws
     */
    String probe(PciAddress address) throws LiveUpdateException;

    /**
     * Gives a device to a driver.
     *
     * @param address not null
     * @param driver the driver's name, not null
     * @throws LiveUpdateException {@code ENODEV} also if there is no such driver, or another one is named by
     *         {@code driver_override}, or none is and it does not match; {@code EBUSY} as {@link #probe}; what the driver
     *         throws
     */
    void bind(PciAddress address, String driver) throws LiveUpdateException;

    /**
     * Takes a device away from its driver.
     *
     * @param address not null
     * @throws LiveUpdateException {@code ENODEV} also if no driver has it; {@code EBUSY} if it is preserved, by this or the
     *         previous generation, or in use
     */
    void unbind(PciAddress address) throws LiveUpdateException;

    /**
     * Preserves a device and the bridges above it.
     *
     * @param context of the preserve callback of a file whose handler lists the FLB, not null
     * @param address not null
     * @throws LiveUpdateException {@code EINVAL} for a virtual function, a bridge, a device whose path does not reach a
     *         root bus, or if a counter is corrupt; {@code ENOENT} if the FLB is not preserved, because the handler does
     *         not list it, or another errno of the core; {@code EBUSY} if the device is preserved already; {@code ENOMEM}.
     *         Nothing has changed then.
     */
    void preserve(CallbackContext context, PciAddress address) throws LiveUpdateException;

    /**
     * Ends what {@link #preserve} began. A device that is not preserved is a warning in the log.
     *
     * @param context of the unpreserve callback, not null
     * @param address not null
     * @throws LiveUpdateException {@code ENODEV}, or why the FLB cannot be reached: the device stays preserved
     */
    void unpreserve(CallbackContext context, PciAddress address) throws LiveUpdateException;

    /**
     * Whether a device, or a device below this bridge, is preserved for the next generation.
     *
     * @param address not null
     * @throws LiveUpdateException if the FLB is detached
     */
    boolean isPreserved(PciAddress address) throws LiveUpdateException;

    /**
     * Whether the previous generation preserved a device, or a device below this bridge, and its driver has not finished
     * it yet.
     *
     * @param address not null
     * @throws LiveUpdateException if it cannot be told: the FLB is detached or not registered yet, or what the previous
     *         generation left cannot be read
     */
    boolean isIncoming(PciAddress address) throws LiveUpdateException;

    /**
     * Ends the handover of a device and of the bridges above it. The driver must call it before its file is finished: when
     * the last one is, a device that is left is a fatal condition. A device that is not incoming is a warning in the log.
     *
     * @param context of the finish callback, not null
     * @param address not null
     * @throws LiveUpdateException {@code ENODEV}, or why the FLB cannot be reached: the device stays incoming
     */
    void finish(CallbackContext context, PciAddress address) throws LiveUpdateException;
}
