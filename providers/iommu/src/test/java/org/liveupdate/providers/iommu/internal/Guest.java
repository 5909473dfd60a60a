package org.liveupdate.providers.iommu.internal;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memfd.Memfd;

/** A workload: a memfd that is mapped for a device, in a session {@code guest} or not. */
record Guest(Memfd memfd, Iommufd iommufd, IoAddressSpace space, HardwarePageTable table) {

    static final long MEMFD = 1;
    static final long IOMMUFD = 2;
    static final long DEVICE = 3;
    static final long TABLE = 77;
    static final long IOVA = 0x40_0000;
    static final int PAGES = 16;

    /** Mapped and attached, marked, in no session. */
    static Guest create(Generation generation) throws Exception {
        Memfd memfd = generation.memfd(PAGES);
        Iommufd iommufd = generation.open();
        IoAddressSpace space = iommufd.allocateAddressSpace();
        space.map(IOVA, PAGES * 4096L, memfd, 0, true);
        HardwarePageTable table = space.allocatePageTable();
        table.preserve(TABLE);
        table.attach(Generation.DEVICE);
        return new Guest(memfd, iommufd, space, table);
    }

    /** Into a new session, in the order that is needed. */
    Session preserve(Generation generation) throws LiveUpdateException {
        Session session = generation.workload().createSession("guest");
        session.preserve(MEMFD, memfd);
        session.preserve(IOMMUFD, iommufd);
        session.preserve(DEVICE, new Driver.Device(Generation.DEVICE));
        return session;
    }

    /** What came with a live update, reclaimed and attached. */
    static Guest take(Session session) throws LiveUpdateException {
        Iommufd iommufd = session.retrieve(IOMMUFD, Iommufd.class);
        HardwarePageTable table = iommufd.restore(TABLE);
        Driver.Device device = session.retrieve(DEVICE, Driver.Device.class);
        table.attach(device.address());
        return new Guest(session.retrieve(MEMFD, Memfd.class), iommufd, table.addressSpace(), table);
    }

    void close() {
        iommufd.close();
        memfd.close();
    }
}
