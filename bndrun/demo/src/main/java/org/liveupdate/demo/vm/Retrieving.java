package org.liveupdate.demo.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Services;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioDevice;

/** Takes the guest over from the previous generation. */
final class Retrieving {
    private Session session;
    private long end;

    /** Retrieves everything. The first file ends the blackout, so nothing that takes time is done before it. */
    Guest retrieve(LiveUpdate liveUpdate, Services services) throws LiveUpdateException, IOException, Failure {
        session = liveUpdate.retrieveSession(Token.SESSION);
        Memfd plan = session.retrieve(Token.PLAN, Memfd.class);
        end = System.nanoTime();
        PciCore pci = services.await(PciCore.class, Performance.PATIENCE);
        services.await(() -> knowsWhatCame(pci), Performance.PATIENCE, "it is not known which PCI devices came");
        new Machine(pci).devices(); // nobody else may have them now
        Guest guest = new Guest(plan, session.retrieve(Token.LOW, Memfd.class),
                session.retrieve(Token.HIGH, HugeMemfd.class), session.retrieve(Token.PRIVATE, GuestMemfd.class),
                session.retrieve(Token.VM, Vm.class), session.retrieve(Token.IOMMUFD, Iommufd.class), devices());
        guest.addSlots();
        return guest;
    }

    /** Services learn one after the other that this generation is in charge, and the demo may be the first. */
    private static boolean knowsWhatCame(PciCore pci) {
        try {
            for (PciDevice device : pci.devices()) {
                pci.isIncoming(device.address());
            }
            return true;
        } catch (LiveUpdateException e) {
            return e.errno() != Errno.ENODEV;
        }
    }

    private List<VfioDevice> devices() throws LiveUpdateException {
        List<VfioDevice> devices = new ArrayList<>();
        for (int index = 0; index < Machine.DEVICES; index++) {
            devices.add(session.retrieve(Token.DEVICES + index, VfioDevice.class));
        }
        return devices;
    }

    /** When the first file had been retrieved: nanoseconds of the monotonic clock. */
    long end() {
        return end;
    }

    /** Gives the devices to the guest again; they have never stopped. */
    static void reclaim(Guest guest) throws LiveUpdateException {
        HardwarePageTable table = guest.iommufd().restore(Token.PAGE_TABLE);
        for (VfioDevice device : guest.devices()) {
            device.attach(table);
        }
    }

    /**
     * Sees that the session cannot be finished before the devices are reclaimed.
     *
     * @throws Failure
     *             if it can
     */
    void refuseToFinish() throws Failure {
        try {
            session.finish();
        } catch (LiveUpdateException e) {
            return;
        }
        throw new Failure("the session was finished although nobody had reclaimed the devices");
    }

    /** Ends the session; the files live on. */
    void finish() throws LiveUpdateException {
        session.finish();
        session.close();
    }
}
