package org.liveupdate.demo.vm;

import java.util.List;
import java.util.Optional;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;

/** The devices of the machine that the guest runs on. */
final class Machine {
    /** How many the guest gets. */
    static final int DEVICES = 2;

    private final PciCore pci;

    Machine(PciCore pci) {
        this.pci = pci;
    }

    /** The devices for the guest, bound to the driver that gives them to applications. */
    List<PciDevice> devices() throws LiveUpdateException, Failure {
        List<PciDevice> found = pci.devices().stream()
                .filter(device -> device.directory().resolve(MachineLayout.REGISTERS).toFile().isFile()).limit(DEVICES)
                .toList();
        if (found.size() < DEVICES) {
            throw new Failure("the machine has " + found.size() + " devices for the guest instead of " + DEVICES
                    + "; start this with java -jar liveupdate.jar vm, which switches a machine on");
        }
        for (PciDevice device : found) {
            pci.overrideDriver(device.address(), VfioFactory.DRIVER);
            if (!pci.driver(device.address()).equals(Optional.of(VfioFactory.DRIVER))) {
                pci.bind(device.address(), VfioFactory.DRIVER);
            }
        }
        return found;
    }
}
