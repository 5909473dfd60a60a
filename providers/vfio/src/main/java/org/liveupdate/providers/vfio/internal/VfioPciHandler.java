package org.liveupdate.providers.vfio.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.vfio.internal.VfioDeviceFile.Access;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Preserves open devices: where they are, and at the PCI core and the IOMMU that they go on.
 *
 * <p>It leaves together with the PCI core, so that a session is not closed while nobody can tell the PCI core about it.
 * Of the IOMMU it is enough that the session holds the iommufd: without its provider the session cannot be closed either.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = VfioLayout.COMPATIBLE, flbs = PreservedDevices.COMPATIBLE)
public final class VfioPciHandler implements FileHandler<VfioDeviceFile> {

    private final Devices devices;
    /** Set by DS, replaced while the PCI core is. */
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile PciCore pci;
    /** Null while there is no IOMMU. Set by DS. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile IommuCore iommu;

    /** Called by DS. */
    @Activate
    public VfioPciHandler(BundleContext context) {
        this(Activator.shared(context));
    }

    VfioPciHandler(Vfio vfio) {
        this.devices = vfio.devices();
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof VfioDeviceFile device && device.access() == Access.DEVICE;
    }

    @Override
    public Preserved<?> preserve(FileContext context, VfioDeviceFile file) throws LiveUpdateException {
        file.requirePreservable();
        if (file.isAttached()) {
            requireIommu(file.address()).preserveDevice(context, file.address());
        }
        try {
            return preserveAtPci(context, file);
        } catch (LiveUpdateException | RuntimeException e) {
            undo(() -> unpreserveAtIommu(context, file), e);
            throw e;
        }
    }

    private Preserved<?> preserveAtPci(FileContext context, VfioDeviceFile file) throws LiveUpdateException {
        pci.preserve(context, file.address());
        try {
            return new Preserved<>(VfioRecord.in(context).preserve(file), null);
        } catch (LiveUpdateException | RuntimeException e) {
            undo(() -> pci.unpreserve(context, file.address()), e);
            throw e;
        }
    }

    private IommuCore requireIommu(PciAddress address) throws LiveUpdateException {
        IommuCore present = iommu;
        if (present == null) {
            throw new LiveUpdateException(Errno.ENODEV, "device " + address
                    + " is attached to an iommufd, but there is no IOMMU; start its bundle");
        }
        return present;
    }

    private void unpreserveAtIommu(FileContext context, VfioDeviceFile file) throws LiveUpdateException {
        IommuCore present = iommu;
        if (present != null) {
            present.unpreserveDevice(context, file.address());
        }
    }

    @Override
    public void unpreserve(FileContext context, VfioDeviceFile file, long data, Object object) {
        run(() -> VfioRecord.in(context).unpreserve());
        run(() -> pci.unpreserve(context, file.address()));
        run(() -> unpreserveAtIommu(context, file));
    }

    @Override
    public long freeze(FileContext context, VfioDeviceFile file, long data, Object object) throws LiveUpdateException {
        IommuCore present = iommu;
        if (file.isAttached() && present != null && !present.isPreserved(file.address())) {
            throw new LiveUpdateException(Errno.EINVAL, "device " + file.address()
                    + " was attached to an iommufd after it was preserved; detach it, or preserve it again");
        }
        file.freeze();
        VfioRecord.in(context).state(data, DeviceState.OPENED);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, VfioDeviceFile file, long data, Object object) {
        file.unfreeze();
    }

    @Override
    public VfioDeviceFile retrieve(FileContext context, long data) throws LiveUpdateException {
        VfioRecord memory = VfioRecord.in(context);
        VfioLayout record = memory.read(data);
        PciDevice device = pci.device(record.address());
        boolean handedOver = context.reason() == Reason.HANDOVER;
        if (handedOver) {
            devices.bound(record.address());
        }
        VfioDeviceFile file = VfioDeviceFile.retrieved(record, handedOver ? DeviceState.INCOMING : memory.state(data),
                Registers.open(device), devices);
        devices.opened(file);
        devices.bind(device);
        return file;
    }

    @Override
    public boolean canFinish(FileContext context, VfioDeviceFile file, long data, RetrieveStatus status) {
        return status.retrieved() && !file.state().incoming();
    }

    @Override
    public void finish(FileContext context, VfioDeviceFile file, long data, RetrieveStatus status) {
        run(() -> pci.finish(context, VfioRecord.in(context).read(data).address()));
        run(() -> VfioRecord.in(context).finish());
    }

    @Override
    public void detach(FileContext context, VfioDeviceFile file, long data, Object object) {
        DeviceState state = file.leave();
        run(() -> VfioRecord.in(context).state(data, state));
    }

    @Override
    public void hold(VfioDeviceFile file) {
        file.hold();
    }

    @Override
    public void release(VfioDeviceFile file) {
        file.release();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws LiveUpdateException;
    }

    private static void undo(Step step, Exception reason) {
        try {
            step.run();
        } catch (LiveUpdateException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** A step of an end: the next one follows in any case. */
    private static void run(Step step) {
        try {
            step.run();
        } catch (LiveUpdateException | RuntimeException e) {
            Vfio.warn(e.getMessage());
        }
    }
}
