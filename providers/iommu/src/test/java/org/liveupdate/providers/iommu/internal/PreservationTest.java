package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.iommu.internal.Generation.DEVICE;
import static org.liveupdate.providers.iommu.internal.Generation.OTHER;
import static org.liveupdate.providers.iommu.internal.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.hardware.Machine;

/** What can be preserved, in which order, and that a refusal changes nothing. After each test every page is free. */
class PreservationTest {

    @TempDir
    Path directory;
    private Generation generation;
    private Guest guest;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        Path machine = directory.resolve("machine");
        Machine.create(machine, List.of(DEVICE, OTHER));
        generation = Generation.start(Directories.handover(directory), machine);
        guest = Guest.create(generation);
        session = generation.workload().createSession("guest");
    }

    @AfterEach
    void everyPageIsFree() throws IOException, LiveUpdateException {
        session.close();
        assertTrue(translates(), "closing a session disturbs no device");
        guest.close();
        generation.requireNothingLeft();
        generation.close();
    }

    private boolean translates() throws LiveUpdateException {
        return !generation.core.translate(DEVICE, Guest.IOVA, true).faults();
    }

    private void assertUnchangedBy(Errno errno, long token, Object file) throws LiveUpdateException {
        long pages = generation.pages();
        String balance = preserved();
        assertErrno(errno, () -> session.preserve(token, file));
        assertEquals(pages, generation.pages(), "pages after a refusal");
        assertEquals(balance, preserved());
        assertTrue(translates());
    }

    private String preserved() throws LiveUpdateException {
        try (FlbHandle<PreservedIommu> handle = generation.workload().getOutgoing(IommuFlb.KEY)) {
            PreservedIommu state = handle.get();
            return state.domains() + " " + state.devices() + " " + state.iommus();
        } catch (LiveUpdateException e) {
            return e.errno().toString();
        }
    }

    @Test
    void aMappedFileHasToBePreservedEarlierInTheSameSession() throws Exception {
        assertUnchangedBy(Errno.ENOENT, Guest.IOMMUFD, guest.iommufd());
        Session other = generation.workload().createSession("other");
        other.preserve(1, guest.memfd());
        assertUnchangedBy(Errno.ENOENT, Guest.IOMMUFD, guest.iommufd());
        other.close();
        assertFalse(guest.space().isImmutable());
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        assertEquals("1 [] []", preserved());
    }

    @Test
    void aMappedFileHasToBeSealed() throws Exception {
        Memfd memfd = generation.memfds.create("unsealed");
        memfd.truncate(4096);
        guest.space().map(0, 4096, memfd, 0, false);
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(9, memfd);
        assertUnchangedBy(Errno.EINVAL, Guest.IOMMUFD, guest.iommufd());
        memfd.addSeals(EnumSet.of(Seal.SHRINK, Seal.GROW));
        assertUnchangedBy(Errno.EINVAL, Guest.IOMMUFD, guest.iommufd());
        memfd.addSeals(EnumSet.of(Seal.SEAL));
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        memfd.close();
    }

    @Test
    void aDeviceIsPreservedAfterItsIommufdInTheSameSession() throws Exception {
        Driver.Device device = new Driver.Device(DEVICE);
        session.preserve(Guest.MEMFD, guest.memfd());
        assertUnchangedBy(Errno.ENOENT, Guest.DEVICE, device);
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        Session other = generation.workload().createSession("other");
        assertErrno(Errno.ENOENT, () -> other.preserve(1, device));
        other.close();
        session.preserve(Guest.DEVICE, device);
        assertEquals(Guest.IOMMUFD, generation.driver.iommufd);
        assertTrue(generation.core.isPreserved(DEVICE));
        assertEquals("1 " + List.of(new PreservedDevice(DEVICE, 1)) + " [1]", preserved());
        assertUnchangedBy(Errno.EINVAL, 4, new Driver.Device(PciAddress.parse(DEVICE.toString())));
    }

    @Test
    void aDeviceThatIsNotReadyIsRefused() throws Exception {
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        assertUnchangedBy(Errno.EOPNOTSUPP, 9, new Driver.Device(PciAddress.parse("0001:00:00.0")));
        assertUnchangedBy(Errno.ENOENT, 9, new Driver.Device(OTHER));
        HardwarePageTable table = guest.space().allocatePageTable();
        table.attach(OTHER);
        assertUnchangedBy(Errno.EINVAL, 9, new Driver.Device(OTHER));
        table.preserve(99);
        assertUnchangedBy(Errno.EINVAL, 9, new Driver.Device(OTHER));
        assertFalse(generation.core.isPreserved(OTHER));
    }

    @Test
    void whatIsPreservedCannotBeChanged() throws Exception {
        Memfd memfd = generation.memfd(1);
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        session.preserve(Guest.DEVICE, new Driver.Device(DEVICE));
        IoAddressSpace space = guest.space();
        assertTrue(space.isImmutable());
        assertErrno(Errno.EBUSY, () -> space.unmap(Guest.IOVA, Guest.PAGES * 4096L));
        assertErrno(Errno.EBUSY, () -> space.map(0, 4096, memfd, 0, true));
        assertErrno(Errno.EBUSY, () -> guest.table().detach(DEVICE));
        assertErrno(Errno.EBUSY, guest.table()::destroy);
        HardwarePageTable other = guest.iommufd().allocateAddressSpace().allocatePageTable();
        assertErrno(Errno.EBUSY, () -> other.attach(DEVICE));
        guest.table().attach(OTHER);
        assertEquals(List.of(DEVICE, OTHER), guest.table().devices());
        session.close();
        assertFalse(space.isImmutable());
        space.map(0, 4096, memfd, 0, true);
        other.attach(OTHER);
        memfd.close();
        session = generation.workload().createSession("again");
    }

    @Test
    void aClosedIommufdIsKeptByItsSessionAndCannotBePreserved() throws Exception {
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        guest.iommufd().close();
        assertTrue(translates());
        session.close();
        assertEquals(Fault.NOT_ATTACHED, generation.core.translate(DEVICE, Guest.IOVA, true).fault());
        Guest next = Guest.create(generation);
        guest.close();
        Guest closed = guest;
        guest = next;
        session = generation.workload().createSession("again");
        assertErrno(Errno.EBADF, () -> session.preserve(2, closed.iommufd()));
    }

    @Test
    void anIommufdWithoutMarksIsPreservedWithNothing() throws Exception {
        var iommufd = generation.open();
        iommufd.allocateAddressSpace().map(0, 4096, guest.memfd(), 0, true);
        session.preserve(5, iommufd);
        assertEquals("0 [] []", preserved());
        session.close();
        iommufd.close();
        session = generation.workload().createSession("again");
    }

    @Test
    void thePayloadHasTheOriginalsBytes() throws Exception {
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        assertEquals(102, ArrayLayout.capacity(DeviceLayout.BYTES));
        assertEquals(102, ArrayLayout.capacity(DomainLayout.BYTES));
        assertEquals(170, ArrayLayout.capacity(HardwareLayout.BYTES));
        assertEquals(32, IommuLayout.BYTES);
        assertEquals(8 + 2 * 24 + 8, IommufdLayout.bytes(2, 0));
    }

    @Test
    void slotsAreNotUsedAgainAndTheArrayGrowsByPages() throws Exception {
        session.preserve(Guest.MEMFD, guest.memfd());
        session.preserve(Guest.IOMMUFD, guest.iommufd());
        long pages = generation.pages();
        for (int round = 0; round < 102; round++) {
            generation.core.unpreserveDevice(null, DEVICE);
            preserveDirectly();
        }
        assertEquals(pages, generation.pages(), "102 slots fit on a page");
        generation.core.unpreserveDevice(null, DEVICE);
        preserveDirectly();
        assertEquals(pages + 1, generation.pages());
        generation.core.unpreserveDevice(null, DEVICE);
        assertEquals("1 [] []", preserved());
    }

    private void preserveDirectly() throws LiveUpdateException {
        try (FlbHandle<PreservedIommu> handle = generation.workload().getOutgoing(IommuFlb.KEY)) {
            generation.iommu.preserve(DEVICE, (PreservedState) handle.get());
        }
    }
}
