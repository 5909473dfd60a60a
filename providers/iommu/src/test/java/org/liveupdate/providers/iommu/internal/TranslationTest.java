package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.liveupdate.providers.iommu.internal.Generation.DEVICE;
import static org.liveupdate.providers.iommu.internal.Generation.OTHER;
import static org.liveupdate.providers.iommu.internal.Refusals.assertErrno;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.hardware.Machine;

/** Address spaces, page tables and devices within one generation. After each test every page is free. */
class TranslationTest {

    private static final long IOVA = 0x10_0000;

    @TempDir
    Path directory;
    private Generation generation;
    private Iommufd iommufd;
    private IoAddressSpace space;

    @BeforeEach
    void start() throws Exception {
        Path machine = directory.resolve("machine");
        Machine.create(machine, List.of(DEVICE, OTHER));
        generation = Generation.start(Directories.handover(directory), machine);
        iommufd = generation.open();
        space = iommufd.allocateAddressSpace();
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        iommufd.close();
        generation.requireNothingLeft();
        generation.close();
    }

    private Translation translate(long iova, boolean write) throws LiveUpdateException {
        return generation.core.translate(DEVICE, iova, write);
    }

    private void assertFault(Fault fault, long iova, boolean write) throws LiveUpdateException {
        assertEquals(Translation.refused(fault), translate(iova, write));
    }

    /** The byte that the device would read. */
    private int read(long iova) throws IOException, LiveUpdateException {
        Translation translation = translate(iova, false);
        assertFalse(translation.faults(), translation::toString);
        try (RandomAccessFile memory = new RandomAccessFile(generation.memory().toFile(), "r")) {
            memory.seek(translation.address());
            return memory.read();
        }
    }

    @Test
    void anAddressLeadsToTheByteOfTheMappedFile() throws Exception {
        try (Memfd file = generation.memfd(8)) {
            space.map(IOVA, 3 * 4096, file, 2 * 4096, false);
            space.map(IOVA + 5 * 4096, 4096, file, 7 * 4096, true);
            HardwarePageTable table = space.allocatePageTable();
            table.attach(DEVICE);
            assertEquals(2, read(IOVA));
            assertEquals(4, read(IOVA + 3 * 4096 - 1));
            assertEquals(7, read(IOVA + 5 * 4096 + 17));
            assertFault(Fault.NOT_WRITABLE, IOVA, true);
            assertFault(Fault.UNMAPPED, IOVA + 3 * 4096, false);
            assertFault(Fault.UNMAPPED, IOVA - 1, false);
            assertFault(Fault.OUT_OF_RANGE, IoAddressSpace.END, false);
            assertFault(Fault.OUT_OF_RANGE, -1, false);
        }
    }

    @Test
    void laterMappingsShowInEveryPageTableAndUnmappedOnesInNone() throws Exception {
        try (Memfd file = generation.memfd(2)) {
            HardwarePageTable first = space.allocatePageTable();
            HardwarePageTable second = space.allocatePageTable();
            first.attach(DEVICE);
            second.attach(OTHER);
            space.map(IOVA, 8192, file, 0, true);
            assertEquals(1, read(IOVA + 4096));
            assertEquals(translate(IOVA, true), generation.core.translate(OTHER, IOVA, true));
            space.unmap(IOVA, 8192);
            assertFault(Fault.UNMAPPED, IOVA, false);
            assertEquals(List.of(), space.mappings());
        }
    }

    @Test
    void largeRangesAreMappedByLargeEntries() throws Exception {
        try (Memfd file = generation.memfds.create("large")) {
            file.truncate(8 << 20);
            long before = generation.pages();
            space.map(0, 8 << 20, file, 0, true);
            HardwarePageTable table = space.allocatePageTable();
            assertEquals(3, generation.pages() - before, "tables of levels 3 to 1");
            table.attach(DEVICE);
            long start = translate(0, true).address();
            assertEquals(start + (8 << 20) - 1, translate((8 << 20) - 1, true).address());
            assertFault(Fault.UNMAPPED, 8 << 20, true);
        }
    }

    @Test
    void aDeviceThatIsNotAttachedReachesNothing() throws Exception {
        try (Memfd file = generation.memfd(1)) {
            space.map(IOVA, 4096, file, 0, true);
            HardwarePageTable table = space.allocatePageTable();
            assertFault(Fault.NOT_ATTACHED, IOVA, false);
            table.attach(DEVICE);
            assertEquals(List.of(DEVICE), table.devices());
            table.detach(DEVICE);
            assertFault(Fault.NOT_ATTACHED, IOVA, false);
            assertErrno(Errno.ENOENT, () -> table.detach(DEVICE));
        }
    }

    @Test
    void aDeviceMovesFromOnePageTableToAnother() throws Exception {
        try (Memfd file = generation.memfd(2)) {
            space.map(IOVA, 4096, file, 0, true);
            HardwarePageTable table = space.allocatePageTable();
            IoAddressSpace otherSpace = iommufd.allocateAddressSpace();
            otherSpace.map(IOVA, 4096, file, 4096, true);
            HardwarePageTable other = otherSpace.allocatePageTable();
            table.attach(DEVICE);
            assertEquals(0, read(IOVA));
            other.attach(DEVICE);
            assertEquals(1, read(IOVA));
            assertEquals(List.of(), table.devices());
            assertErrno(Errno.EBUSY, other::destroy);
            table.destroy();
            table.destroy();
            assertErrno(Errno.ENOENT, () -> table.attach(DEVICE));
        }
    }

    @Test
    void whatIsMappedStaysThoughTheFileIsClosed() throws Exception {
        Memfd file = generation.memfd(1);
        space.map(IOVA, 4096, file, 0, true);
        space.allocatePageTable().attach(DEVICE);
        file.close();
        assertEquals(0, read(IOVA));
    }

    @Test
    void aRangeThatIsNoneIsRefused() throws Exception {
        try (Memfd file = generation.memfd(2)) {
            for (long[] wrong : new long[][]{{1, 4096, 0}, {IOVA, 1, 0}, {IOVA, 0, 0}, {IOVA, -4096, 0},
                    {-4096, 4096, 0}, {IOVA, 4096, 100}, {IOVA, 4096, -4096}, {IOVA, 3 * 4096, 0},
                    {IoAddressSpace.END, 4096, 0}, {IoAddressSpace.END - 4096, 8192, 0}}) {
                assertErrno(Errno.EINVAL, () -> space.map(wrong[0], wrong[1], file, wrong[2], true));
            }
            assertEquals(List.of(), space.mappings());
        }
    }

    @Test
    void twoMappingsDoNotShareAnAddress() throws Exception {
        try (Memfd file = generation.memfd(3)) {
            space.map(IOVA, 8192, file, 0, true);
            assertErrno(Errno.EEXIST, () -> space.map(IOVA + 4096, 4096, file, 0, true));
            assertErrno(Errno.EEXIST, () -> space.map(IOVA - 4096, 3 * 4096, file, 0, true));
            assertErrno(Errno.ENOENT, () -> space.unmap(IOVA, 4096));
            assertErrno(Errno.ENOENT, () -> space.unmap(IOVA + 4096, 4096));
            space.map(IOVA + 8192, 4096, file, 8192, true);
            assertEquals(2, space.mappings().size());
        }
    }

    @Test
    void aFileThatIsSealedAgainstWritingIsMappedToBeReadOnly() throws Exception {
        try (Memfd file = generation.memfds.create("constant")) {
            file.truncate(4096);
            file.addSeals(java.util.Set.of(Seal.WRITE));
            assertErrno(Errno.EPERM, () -> space.map(IOVA, 4096, file, 0, true));
            space.map(IOVA, 4096, file, 0, false);
        }
    }

    @Test
    void anIommufdThatIsClosedIsEbadf() throws Exception {
        HardwarePageTable table = space.allocatePageTable();
        table.attach(DEVICE);
        iommufd.close();
        iommufd.close();
        assertErrno(Errno.EBADF, iommufd::allocateAddressSpace);
        assertErrno(Errno.EBADF, space::allocatePageTable);
        assertErrno(Errno.EBADF, () -> table.attach(DEVICE));
        assertErrno(Errno.EBADF, () -> iommufd.restore(1));
        assertFault(Fault.NOT_ATTACHED, IOVA, false);
    }

    @Test
    void aDeviceWithoutAnIommuIsEnodev() throws Exception {
        HardwarePageTable table = space.allocatePageTable();
        PciAddress elsewhere = PciAddress.parse("0001:00:00.0");
        assertErrno(Errno.ENODEV, () -> table.attach(elsewhere));
        assertErrno(Errno.ENODEV, () -> generation.core.translate(elsewhere, 0, false));
        Iommu none = new Iommu(null, generation.fatal);
        String message = assertErrno(Errno.ENODEV, () -> none.ready(DEVICE));
        assertEquals(true, message.contains(Settings.MACHINE), message);
        Iommu broken = new Iommu(Files.createDirectory(directory.resolve("empty")), generation.fatal);
        assertErrno(Errno.ENODEV, () -> broken.ready(DEVICE));
    }

    @Test
    void aTokenMarksOnePageTable() throws Exception {
        HardwarePageTable first = space.allocatePageTable();
        HardwarePageTable second = space.allocatePageTable();
        first.preserve(7);
        first.preserve(7);
        assertEquals(7, first.token().getAsLong());
        assertErrno(Errno.EADDRINUSE, () -> second.preserve(7));
        assertErrno(Errno.EBUSY, () -> first.preserve(8));
        second.preserve(8);
        assertErrno(Errno.ENOTTY, () -> iommufd.restore(7));
    }
}
