package org.liveupdate.providers.pci.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PciDriver;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The PCI core. It holds no lock while it calls a driver. */
@Component(configurationPid = PciConfiguration.PID, immediate = true)
@Designate(ocd = PciConfiguration.class)
public final class PciCoreComponent implements PciCore {

    private final SysfsTree sysfs;
    private final Overrides overrides;
    private final Pci pci;
    private final Preservation preservation;
    private final Drivers drivers = new Drivers();
    /** Null before this generation is in charge, and until DS has bound it, which may be after others have it. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile LiveUpdate liveUpdate;

    /** Called by DS. */
    @Activate
    public PciCoreComponent(BundleContext context, PciConfiguration configuration) {
        this(sysfs(context, configuration.sysfs()), new Overrides(configuration.driver_overrides()),
                Activator.shared(context), () -> registered(context));
    }

    /** Asks {@code registered}, which may answer null, until DS has bound the service. */
    PciCoreComponent(SysfsTree sysfs, Overrides overrides, Pci pci, Supplier<LiveUpdate> registered) {
        this.sysfs = sysfs;
        this.overrides = overrides;
        this.pci = pci;
        this.preservation = new Preservation(() -> {
            LiveUpdate bound = liveUpdate;
            return bound != null ? bound : registered.get();
        });
    }

    /** Not given back: handles are open on what this bundle has of it. It goes with the service, or with the bundle. */
    private static LiveUpdate registered(BundleContext context) {
        ServiceReference<LiveUpdate> reference = context.getServiceReference(LiveUpdate.class);
        return reference == null ? null : context.getService(reference);
    }

    private static SysfsTree sysfs(BundleContext context, String configured) {
        String property = context.getProperty(PciConfiguration.SYSFS_PROPERTY);
        String path = !configured.isBlank() ? configured : property != null ? property : PciConfiguration.SYSFS;
        return new SysfsTree(Path.of(path));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(PciDriver driver) {
        drivers.add(driver);
    }

    void removeDriver(PciDriver driver) {
        drivers.remove(driver);
    }

    @Override
    public List<PciDevice> devices() throws LiveUpdateException {
        return sysfs.devices();
    }

    @Override
    public PciDevice device(PciAddress address) throws LiveUpdateException {
        return sysfs.device(address);
    }

    @Override
    public Optional<String> driver(PciAddress address) {
        return drivers.of(address).map(PciDriver::name);
    }

    @Override
    public Optional<String> driverOverride(PciAddress address) {
        return overrides.of(address);
    }

    @Override
    public void overrideDriver(PciAddress address, String driver) throws LiveUpdateException {
        overrides.set(device(address).address(), driver);
    }

    @Override
    public String probe(PciAddress address) throws LiveUpdateException {
        PciDevice device = free(address);
        Optional<String> only = overrides.of(address);
        PciDriver driver = only.isPresent() ? drivers.named(only.get(), address) : drivers.matching(device);
        driver.probe(device);
        return driver.name();
    }

    @Override
    public void bind(PciAddress address, String name) throws LiveUpdateException {
        PciDevice device = free(address);
        PciDriver driver = drivers.named(name, address);
        Optional<String> only = overrides.of(address);
        if (only.isPresent() ? !only.get().equals(name) : !driver.matches(device)) {
            throw new LiveUpdateException(Errno.ENODEV, "driver " + name + " does not take PCI device " + address
                    + only.map(other -> ": its driver_override is " + other).orElse("; set its driver_override"));
        }
        driver.probe(device);
    }

    /** A device that a driver may be given. */
    private PciDevice free(PciAddress address) throws LiveUpdateException {
        PciDevice device = device(address);
        Optional<String> present = driver(address);
        if (present.isPresent()) {
            throw busy(address, "driver " + present.get() + " has it");
        }
        if (pci.isStranded(address)) {
            throw busy(address, "its previous driver did not finish its handover, and it may be doing DMA");
        }
        if (isIncoming(address) && overrides.of(address).isEmpty()) {
            throw busy(address, "the previous generation preserved it, and the wrong driver must not get it; "
                    + "set its driver_override");
        }
        return device;
    }

    @Override
    public void unbind(PciAddress address) throws LiveUpdateException {
        PciDevice device = device(address);
        PciDriver driver = drivers.of(address).orElseThrow(() -> new LiveUpdateException(Errno.ENODEV,
                "no driver has PCI device " + address));
        if (isPreserved(address)) {
            throw busy(address, "it is preserved for the next generation; close its session first");
        }
        if (isIncoming(address)) {
            throw busy(address, "its handover is not finished; finish its session first");
        }
        driver.remove(device);
    }

    private static LiveUpdateException busy(PciAddress address, String why) {
        return new LiveUpdateException(Errno.EBUSY, "PCI device " + address + ": " + why);
    }

    @Override
    public void preserve(CallbackContext context, PciAddress address) throws LiveUpdateException {
        PciDevice device = device(address);
        if (device.virtualFunction()) {
            throw invalid(address, "it is a virtual function: its address may be another after the update");
        }
        if (device.isBridge()) {
            throw invalid(address, "a bridge is preserved with the devices below it only");
        }
        if (device.rootBus() == null) {
            throw invalid(address, "the path from " + device.directory() + " up does not reach a root bus");
        }
        try (FlbHandle<PreservedDevices> handle = context.getOutgoing(PreservedDevices.KEY)) {
            handle.get().add(address, device.bridges());
        }
    }

    private static LiveUpdateException invalid(PciAddress address, String why) {
        return new LiveUpdateException(Errno.EINVAL, "PCI device " + address + " cannot be preserved: " + why);
    }

    @Override
    public void unpreserve(CallbackContext context, PciAddress address) throws LiveUpdateException {
        PciDevice device = device(address);
        try (FlbHandle<PreservedDevices> handle = context.getOutgoing(PreservedDevices.KEY)) {
            if (!handle.get().remove(address, device.bridges())) {
                Pci.warn("PCI device " + address + " is to be unpreserved, but was not preserved");
            }
        }
    }

    @Override
    public boolean isPreserved(PciAddress address) throws LiveUpdateException {
        return preservation.isOutgoing(address);
    }

    @Override
    public boolean isIncoming(PciAddress address) throws LiveUpdateException {
        return pci.isStranded(address) || preservation.isIncoming(address);
    }

    @Override
    public void finish(CallbackContext context, PciAddress address) throws LiveUpdateException {
        PciDevice device = device(address);
        try (FlbHandle<PreservedDevices> handle = context.getIncoming(PreservedDevices.KEY)) {
            if (!handle.get().remove(address, device.bridges())) {
                Pci.warn("PCI device " + address + " is to be finished, but did not come with a live update");
            }
        }
    }
}
