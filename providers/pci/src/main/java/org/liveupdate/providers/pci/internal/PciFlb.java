package org.liveupdate.providers.pci.internal;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFlb;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Which PCI devices are preserved: so that the next generation leaves alone, from the first moment on, what is doing DMA.
 *
 * <p>Where the original stops the kernel, because drivers would be bound underneath live devices, this is a fatal
 * condition: what was preserved stays allocated, and the devices stay as they are.
 */
@Component(service = Flb.class)
@ProvidesFlb(compatible = PreservedDevices.COMPATIBLE)
public final class PciFlb implements Flb<PreservedDevices> {

    private final Pci pci;

    /** Called by DS. */
    @Activate
    public PciFlb(BundleContext context) {
        this(Activator.shared(context));
    }

    PciFlb(Pci pci) {
        this.pci = pci;
    }

    @Override
    public Preserved<PreservedDevices> preserve(FlbContext context) throws LiveUpdateException {
        SlotTable table = SlotTable.create(context.memory());
        return new Preserved<>(table.header().address(), table);
    }

    @Override
    public void unpreserve(FlbContext context, long data, PreservedDevices object) {
        object.references().keySet()
                .forEach(device -> Pci.warn("PCI device " + device + " was not unpreserved by its driver"));
        Scope scope = memory(context);
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    @Override
    public PreservedDevices retrieve(FlbContext context, long data) throws LiveUpdateException {
        try {
            return SlotTable.restore(context.memory(), data);
        } catch (LiveUpdateException e) {
            if (context.side() == Side.INCOMING) {
                pci.report("FLB " + PreservedDevices.COMPATIBLE, "which devices are doing DMA cannot be told: "
                        + e.getMessage(),
                        "no PCI device is given to a driver; stop the devices, then start without the image");
            }
            throw e;
        }
    }

    @Override
    public void finish(FlbContext context, long data, PreservedDevices object) {
        if (object.references().isEmpty()) {
            Scope scope = memory(context);
            scope.blocks().forEach(block -> scope.restoreFree(block.address()));
            return;
        }
        object.references().keySet().forEach(device -> {
            pci.strand(device);
            pci.report(device.toString(), "its driver did not finish its handover, and nobody can any more",
                    "the device is left as it is, and its record stays allocated; stop it, then restart");
        });
    }

    private static Scope memory(FlbContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("handover memory cannot be reached: " + e.getMessage(), e);
        }
    }
}
