package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.liveupdate.providers.iommu.internal.Generation.DEVICE;
import static org.liveupdate.providers.iommu.internal.Generation.OTHER;
import static org.liveupdate.providers.iommu.internal.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.hardware.Machine;

/** Another version of the bundle takes over: devices do not notice. After each test every page is free. */
class SwapTest {

    @TempDir
    Path directory;
    private IommuRegisters registers;
    private Generation generation;

    @BeforeEach
    void start() throws Exception {
        Path machine = directory.resolve("machine");
        registers = Machine.create(machine, List.of(DEVICE, OTHER)).iommu();
        generation = Generation.start(Directories.handover(directory), machine);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        generation.requireNothingLeft();
        generation.close();
    }

    private Translation translate(long iova) throws LiveUpdateException {
        return generation.core.translate(DEVICE, iova, true);
    }

    private Iommufd present(Session session) throws LiveUpdateException {
        try (FileHandle<Iommufd> handle = session.open(Guest.IOMMUFD, Iommufd.class)) {
            return handle.get();
        }
    }

    @Test
    void aPreservedIommufdGoesOnWithItsMappingsAndDevices() throws Exception {
        Guest old = Guest.create(generation);
        Session session = old.preserve(generation);
        Translation before = translate(Guest.IOVA + 4096);
        long root = registers.root();
        for (int version = 0; version < 5; version++) {
            generation.swap();
            assertEquals(root, registers.root(), "the IOMMU was not touched");
            assertEquals(before, translate(Guest.IOVA + 4096));
        }
        assertErrno(Errno.ENODEV, old.iommufd()::allocateAddressSpace);
        old.iommufd().close();
        Iommufd iommufd = present(session);
        HardwarePageTable table = iommufd.pageTables().get(0);
        assertEquals(List.of(DEVICE), table.devices());
        assertSame(old.memfd(), table.addressSpace().mappings().get(0).file());
        session.close();
        assertEquals(before, translate(Guest.IOVA + 4096));
        assertErrno(Errno.ENOTTY, () -> iommufd.restore(Guest.TABLE));
        old.memfd().close();
        assertEquals(before, translate(Guest.IOVA + 4096), "it is pinned again");
        table.addressSpace().unmap(Guest.IOVA, Guest.PAGES * 4096L);
        iommufd.close();
    }

    @Test
    void whatNobodyPreservedIsCutOff() throws Exception {
        Guest guest = Guest.create(generation);
        Session session = guest.preserve(generation);
        Iommufd unpreserved = generation.open();
        unpreserved.allocateAddressSpace().allocatePageTable().attach(OTHER);
        generation.swap();
        assertEquals(Fault.NOT_ATTACHED, generation.core.translate(OTHER, 0, false).fault());
        assertEquals(false, translate(Guest.IOVA).faults());
        Iommufd iommufd = present(session);
        session.close();
        iommufd.close();
        guest.memfd().close();
        unpreserved.close();
    }

    @Test
    void withoutAnythingPreservedTheNextVersionStartsAnew() throws Exception {
        Guest guest = Guest.create(generation);
        generation.swap();
        assertEquals(0, registers.root());
        assertErrno(Errno.ENODEV, guest.iommufd()::allocateAddressSpace);
        guest.close();
        Guest next = Guest.create(generation);
        assertEquals(false, translate(Guest.IOVA).faults());
        next.close();
    }

    @Test
    void whatCameWithAnUpdateIsStillToBeReclaimedAfterASwap() throws Exception {
        Guest before = Guest.create(generation);
        before.table().attach(OTHER);
        before.preserve(generation).preserve(4, new Driver.Device(OTHER));
        Translation translation = translate(Guest.IOVA);
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        session.retrieve(Guest.IOMMUFD, Iommufd.class);
        generation.swap();
        assertEquals(translation, translate(Guest.IOVA));
        assertErrno(Errno.EBUSY, session::finish);
        Guest guest = Guest.take(session);
        generation.swap();
        Iommufd iommufd = present(session);
        assertErrno(Errno.EBUSY, session::finish);
        assertEquals(1, generation.core.incoming().size(), "one was claimed before the swap");
        iommufd.pageTables().get(0).attach(OTHER);
        session.close();
        assertEquals(translation, translate(Guest.IOVA));
        iommufd.close();
        guest.close();
    }

    @Test
    void aSuccessorTakesOverWhatWasSwapped() throws Exception {
        Guest.create(generation).preserve(generation);
        Translation before = translate(Guest.IOVA);
        generation.swap();
        generation = generation.next();
        generation.swap();
        assertEquals(before, translate(Guest.IOVA));
        Session session = generation.workload().retrieveSession("guest");
        Guest guest = Guest.take(session);
        session.close();
        guest.close();
    }
}
