package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.Session;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.PageTableLayout;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.hardware.Machine;

/**
 * Where the original panics because translations cannot be trusted: the next generation says so, naming the device or
 * table, keeps everything preserved, and does not touch the IOMMU.
 */
class FatalTest {

    @TempDir
    Path directory;
    private IommuRegisters registers;
    private Generation generation;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        Path machine = directory.resolve("machine");
        registers = Machine.create(machine, List.of(DEVICE, OTHER)).iommu();
        generation = Generation.start(Directories.handover(directory), machine);
        guest = Guest.create(generation);
        guest.preserve(generation);
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    /** Something that a broken previous generation would have done. */
    @FunctionalInterface
    private interface Damage {
        void to(PreservedState state, Scope scope) throws Exception;
    }

    private void damage(Damage damage) throws Exception {
        try (FlbHandle<PreservedIommu> handle = generation.workload().getOutgoing(IommuFlb.KEY)) {
            PreservedState state = (PreservedState) handle.get();
            damage.to(state, state.scope());
        }
    }

    private Region top(Scope scope) {
        return scope.region(PageTableLayout.address(registersContext()));
    }

    private long registersContext() {
        return generation.iommu.pages().page(generation.iommu.pages().entry(registers.root() + 16) & -4096)
                .getLong(0);
    }

    /** The next generation refuses, and goes on refusing. */
    private void assertFatal(Errno errno, String subject, String what) throws Exception {
        long root = registers.root();
        long pages = generation.pages();
        generation = generation.next();
        Session session = generation.workload().retrieveSession("guest");
        for (int time = 0; time < 2; time++) {
            assertErrno(errno, () -> session.retrieve(Guest.IOMMUFD, Iommufd.class));
        }
        assertErrno(Errno.EBUSY, session::finish);
        assertEquals(1, generation.fatal.list().size());
        assertEquals(subject, generation.fatal.list().get(0).subject());
        assertTrue(generation.fatal.list().get(0).what().contains(what), generation.fatal.list().toString());
        assertEquals(root, registers.root(), "the IOMMU is left alone");
        assertTrue(generation.pages() >= pages, "nothing is freed");
    }

    private void assertUnusable() {
        assertErrno(Errno.EINVAL, () -> generation.core.translate(DEVICE, Guest.IOVA, true));
        assertErrno(Errno.EINVAL, () -> generation.core.incoming());
    }

    @Test
    void anotherVersionOfThePayload() throws Exception {
        damage((state, scope) -> scope.region(state.address()).putLong(0, 2));
        assertFatal(Errno.EINVAL, "payload of iommu-liveupdate", "expected version 1, found 2");
        assertUnusable();
    }

    @Test
    void anArrayThatIsNotThere() throws Exception {
        damage((state, scope) -> scope.region(state.address()).putLong(24, 0));
        assertFatal(Errno.EINVAL, "array of devices", "there is none");
        assertUnusable();
    }

    @Test
    void anArrayWithMoreObjectsThanFit() throws Exception {
        damage((state, scope) -> scope.region(scope.region(state.address()).getLong(16)).putLong(8, 103));
        assertFatal(Errno.EINVAL, "array of domains", "expected 0 to 102 objects, found 103");
        assertUnusable();
    }

    @Test
    void anArrayThatComesBackToItself() throws Exception {
        damage((state, scope) -> {
            long first = scope.region(state.address()).getLong(16);
            scope.region(first).putLong(0, first);
        });
        assertFatal(Errno.EINVAL, "array of domains", "is restored already");
        assertUnusable();
    }

    @Test
    void aDeviceWhoseDomainIsNotPreserved() throws Exception {
        damage((state, scope) -> state.liveDevices().get(0).putLong(24, 4096));
        assertFatal(Errno.EINVAL, DEVICE.toString(), "the domain that it was attached to is not preserved");
        assertUnusable();
    }

    @Test
    void aDeviceThatIsAttachedToSomethingElse() throws Exception {
        damage((state, scope) -> scope.region(generation.iommu.pages().entry(registers.root() + 16) & -4096)
                .putLong(0, 0));
        assertFatal(Errno.EINVAL, DEVICE.toString(), "it is not attached to the page table that is preserved");
        assertUnusable();
    }

    @Test
    void aPageTableThatRefersToATableOfSomebodyElse() throws Exception {
        String[] name = new String[1];
        damage((state, scope) -> {
            Region top = top(scope);
            name[0] = "page table at 0x" + Long.toHexString(top.address());
            top.putLong(8, PageTableLayout.table(1 << 24));
        });
        assertFatal(Errno.EINVAL, name[0], "no preserved block");
        assertUnusable();
    }

    @Test
    void aPageTableThatLeadsSomewhereElseThanItsFiles() throws Exception {
        damage((state, scope) -> top(scope).putLong(8, 0));
        damage((state, scope) -> {
            Domain domain = state.entered().get(0);
            domain.table().unmap(Guest.IOVA + 4096, 4096);
            domain.table().map(Guest.IOVA + 4096, 1 << 24, 4096, true);
        });
        assertFatal(Errno.EIO, "page table 2 of iommufd \"guest/2\" with the devices [0000:01:00.0]",
                "does not lead to where the mapped files are");
    }

    @Test
    void aPageTableThatMapsMoreThanItsAddressSpace() throws Exception {
        damage((state, scope) -> state.entered().get(0).table().map(0, 4096, 4096, true));
        assertFatal(Errno.EIO, "page table 2 of iommufd \"guest/2\" with the devices [0000:01:00.0]", "it maps 69632");
    }
}
