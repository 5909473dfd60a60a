package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.hardware.Machine;

/** From one generation to the next: devices translate all the time. After each test every page is free. */
class HandoverTest {

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

    @Test
    void theSameAddressesLeadToTheSamePlacesBeforeAndAfterAnUpdate() throws Exception {
        Guest.create(generation).preserve(generation);
        List<Translation> before = List.of(translate(Guest.IOVA), translate(Guest.IOVA + 5 * 4096 + 8),
                translate(Guest.IOVA - 1), translate(Guest.IOVA + Guest.PAGES * 4096L));
        long root = registers.root();
        generation = generation.next();
        assertEquals(root, registers.root(), "the IOMMU was not touched");
        assertEquals(before, List.of(translate(Guest.IOVA), translate(Guest.IOVA + 5 * 4096 + 8),
                translate(Guest.IOVA - 1), translate(Guest.IOVA + Guest.PAGES * 4096L)));
        assertEquals(Fault.UNMAPPED, before.get(3).fault());
        assertEquals(List.of(new PreservedDevice(DEVICE, PreservedState.TOKEN)), generation.core.incoming());
        Session session = generation.workload().retrieveSession("guest");
        Guest guest = Guest.take(session);
        assertEquals(List.of(), generation.core.incoming());
        assertEquals(before.get(1), translate(Guest.IOVA + 5 * 4096 + 8));
        session.close();
        assertEquals(before.get(1), translate(Guest.IOVA + 5 * 4096 + 8));
        assertEquals(root, registers.root());
        guest.close();
        assertEquals(Fault.NOT_ATTACHED, translate(Guest.IOVA).fault());
    }

    @Test
    void addressSpacesMappingsAndMarksComeBack() throws Exception {
        Guest before = Guest.create(generation);
        IoAddressSpace second = before.iommufd().allocateAddressSpace();
        second.map(0, 4096, before.memfd(), 8192, false);
        second.allocatePageTable().preserve(-1);
        second.allocatePageTable();
        before.iommufd().allocateAddressSpace();
        before.preserve(generation);
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        Guest guest = Guest.take(session);
        assertEquals("guest/2", guest.iommufd().name());
        assertEquals(List.of(before.space().id(), second.id()),
                guest.iommufd().addressSpaces().stream().map(IoAddressSpace::id).toList());
        assertEquals(2, guest.iommufd().pageTables().size(), "one was not marked");
        assertEquals(before.table().id(), guest.table().id());
        assertEquals(77, guest.table().token().getAsLong());
        HardwarePageTable other = guest.iommufd().restore(-1);
        assertEquals(second.id(), other.addressSpace().id());
        assertEquals(List.of(new Mapping(0, 4096, guest.memfd(), 8192, false)),
                other.addressSpace().mappings());
        session.close();
        other.addressSpace().unmap(0, 4096);
        guest.close();
    }

    @Test
    void whatCameIsToBeReclaimedAndItsDevicesAttachedBeforeTheSessionIsFinished() throws Exception {
        Guest.create(generation).preserve(generation);
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        assertErrno(Errno.EBUSY, session::finish);
        Iommufd iommufd = session.retrieve(Guest.IOMMUFD, Iommufd.class);
        assertErrno(Errno.EBUSY, session::finish);
        HardwarePageTable table = iommufd.pageTables().get(0);
        assertErrno(Errno.EBUSY, () -> table.attach(DEVICE));
        assertErrno(Errno.ENOENT, () -> iommufd.restore(78));
        assertEquals(table, iommufd.restore(Guest.TABLE));
        assertEquals(table, iommufd.restore(Guest.TABLE));
        assertErrno(Errno.EBUSY, session::finish);
        assertEquals(List.of(DEVICE), table.devices());
        table.attach(DEVICE);
        Memfd memfd = session.retrieve(Guest.MEMFD, Memfd.class);
        session.finish();
        iommufd.close();
        memfd.close();
        session.close();
    }

    @Test
    void withoutDevicesAnIommufdThatNobodyWantsIsGivenBack() throws Exception {
        Guest before = Guest.create(generation);
        before.table().detach(DEVICE);
        Session outgoing = generation.workload().createSession("guest");
        outgoing.preserve(Guest.MEMFD, before.memfd());
        outgoing.preserve(Guest.IOMMUFD, before.iommufd());
        generation = generation.next();
        generation.workload().retrieveSession("guest").close();
    }

    @Test
    void aDeviceMayBeDetachedOrMovedInsteadOfBeingClaimed() throws Exception {
        Guest before = Guest.create(generation);
        before.table().attach(OTHER);
        Session outgoing = before.preserve(generation);
        outgoing.preserve(4, new Driver.Device(OTHER));
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        Iommufd iommufd = session.retrieve(Guest.IOMMUFD, Iommufd.class);
        HardwarePageTable table = iommufd.restore(Guest.TABLE);
        table.detach(DEVICE);
        assertEquals(Fault.NOT_ATTACHED, translate(Guest.IOVA).fault());
        assertErrno(Errno.EBUSY, session::finish);
        Iommufd fresh = generation.open();
        fresh.allocateAddressSpace().allocatePageTable().attach(OTHER);
        assertEquals(Fault.UNMAPPED, generation.core.translate(OTHER, Guest.IOVA, true).fault());
        Memfd memfd = session.retrieve(Guest.MEMFD, Memfd.class);
        session.close();
        fresh.close();
        iommufd.close();
        memfd.close();
    }

    @Test
    void anAddressSpaceIsImmutableUntilTheSessionIsFinished() throws Exception {
        Guest.create(generation).preserve(generation);
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        Guest guest = Guest.take(session);
        assertTrue(guest.space().isImmutable());
        assertErrno(Errno.EBUSY, () -> guest.space().unmap(Guest.IOVA, Guest.PAGES * 4096L));
        session.close();
        assertFalse(guest.space().isImmutable());
        guest.space().unmap(Guest.IOVA, Guest.PAGES * 4096L);
        assertEquals(Fault.UNMAPPED, translate(Guest.IOVA).fault());
        guest.close();
    }

    @Test
    void itGoesOnForManyGenerations() throws Exception {
        Guest.create(generation).preserve(generation);
        Translation before = translate(Guest.IOVA + 4096);
        long pages = generation.pages();
        Guest last = null;
        for (int round = 0; round < 10; round++) {
            generation = generation.next();
            Session session = generation.workload().retrieveSession("guest");
            last = Guest.take(session);
            session.close();
            assertEquals(before, translate(Guest.IOVA + 4096));
            last.preserve(generation);
            assertEquals(pages, generation.pages(), "pages in generation " + round);
        }
        generation.workload().openSession("guest").close();
        last.close();
    }

    @Test
    void aSessionPreservedBeforeTheOldOneIsFinishedTakesTheIommuWithIt() throws Exception {
        Guest.create(generation).preserve(generation);
        generation = generation.next();
        Session old = generation.workload().retrieveSession("guest");
        Guest guest = Guest.take(old);
        Memfd memfd = generation.memfd(1);
        Iommufd iommufd = generation.open();
        IoAddressSpace space = iommufd.allocateAddressSpace();
        space.map(0, 4096, memfd, 0, true);
        HardwarePageTable table = space.allocatePageTable();
        table.preserve(1);
        table.attach(OTHER);
        Session next = generation.workload().createSession("next");
        next.preserve(1, memfd);
        next.preserve(2, iommufd);
        next.preserve(3, new Driver.Device(OTHER));
        Translation other = generation.core.translate(OTHER, 0, true);
        old.close();
        assertFalse(translate(Guest.IOVA).faults());
        generation = handOverWithout(guest);
        assertEquals(other, generation.core.translate(OTHER, 0, true));
        assertEquals(Fault.NOT_ATTACHED, translate(Guest.IOVA).fault(), "the first guest was not preserved again");
        Session session = generation.workload().retrieveSession("next");
        Iommufd retrieved = session.retrieve(2, Iommufd.class);
        retrieved.restore(1).attach(OTHER);
        memfd = session.retrieve(1, Memfd.class);
        session.close();
        retrieved.close();
        memfd.close();
    }

    private Generation handOverWithout(Guest guest) throws Exception {
        assertEquals(List.of(DEVICE), guest.table().devices());
        return generation.next();
    }

    @Test
    void translationThatNobodyPreservedEndsWhenTheNextGenerationStarts() throws Exception {
        Guest.create(generation);
        assertFalse(translate(Guest.IOVA).faults());
        generation = generation.next();
        assertEquals(0, registers.root());
        assertEquals(Fault.NOT_ATTACHED, translate(Guest.IOVA).fault());
    }

    @Test
    void anUpdateThatIsTakenBackLeavesEverythingAsItWas() throws Exception {
        Guest guest = Guest.create(generation);
        Iommufd unpreserved = generation.open();
        HardwarePageTable table = unpreserved.allocateAddressSpace().allocatePageTable();
        table.attach(OTHER);
        Session session = guest.preserve(generation);
        Translation before = translate(Guest.IOVA);
        generation.commit();
        assertEquals(before, translate(Guest.IOVA), "a preserved device goes on");
        assertEquals(Fault.NOT_ATTACHED, generation.core.translate(OTHER, 0, false).fault());
        assertErrno(Errno.EBUSY, () -> guest.table().attach(OTHER));
        assertErrno(Errno.EBUSY, () -> table.attach(DEVICE));
        assertErrno(Errno.EBUSY, () -> table.addressSpace().allocatePageTable());
        unpreserved.close();
        generation.takeBack();
        assertEquals(before, translate(Guest.IOVA));
        assertEquals(Fault.NOT_ATTACHED, generation.core.translate(OTHER, 0, false).fault(), "it was closed meanwhile");
        session.close();
        guest.close();
    }
}
