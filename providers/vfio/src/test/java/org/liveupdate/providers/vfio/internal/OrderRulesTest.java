package org.liveupdate.providers.vfio.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.providers.hardware.DeviceProcess;
import org.liveupdate.providers.hardware.Machine;

/**
 * The order in a session is: sealed memory, the iommufd that maps it, the device that is attached to it. With the real
 * providers, and a device that is a process. After each test every page is free, and nothing fatal has happened.
 */
@Timeout(60)
class OrderRulesTest {

    private static final PciAddress DEVICE = PciAddress.parse("0000:01:00.0");
    private static final PciAddress ROOT_PORT = PciAddress.parse("0000:00:11.0");
    private static final long MEMORY = 1;
    private static final long IOMMUFD = 2;
    private static final long NIC = 3;
    private static final long TABLE = 77;
    private static final long IOVA = 0x40_0000;
    private static final int BYTES = 16 * 4096;
    private static final Set<Seal> SEALED = EnumSet.of(Seal.SEAL, Seal.SHRINK, Seal.GROW);

    @TempDir
    Path directory;

    private Machine machine;
    private Closeable use;
    private DeviceProcess process;
    private Machinery generation;
    private Memfd memory;
    private Iommufd iommufd;
    private HardwarePageTable table;
    private VfioDevice nic;

    @BeforeEach
    void switchOn() throws Exception {
        Path place = directory.resolve("machine");
        machine = Machine.create(place, List.of(DEVICE));
        use = machine.use();
        process = DeviceProcess.start(place, DEVICE, System.getProperty("java.class.path"), 30);
        Path handover = Files.createDirectory(directory.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        generation = Machinery.first(handover, place, DEVICE);
        memory = generation.memfds.create("memory");
        memory.write(ByteBuffer.allocate(BYTES));
        iommufd = generation.iommufds.open("test");
        IoAddressSpace space = iommufd.allocateAddressSpace();
        space.map(IOVA, BYTES, memory, 0, true);
        table = space.allocatePageTable();
        nic = generation.vfio.open(DEVICE);
        nic.attach(table);
    }

    @AfterEach
    void everyPageIsFree() throws Exception {
        nic.close();
        iommufd.close();
        memory.close();
        machine.powerOff();
        process.await();
        use.close();
        generation.stopIommu();
        assertEquals(0, generation.fatalConditions());
        assertEquals(0, generation.pages());
        generation.close();
    }

    private Session session() throws LiveUpdateException {
        return generation.workload().createSession("guest");
    }

    /** Everything in the right order; the device writes to memory. */
    private Session preserved() throws Exception {
        memory.addSeals(SEALED);
        table.preserve(TABLE);
        nic.write(DeviceRegisters.RING, IOVA);
        nic.write(DeviceRegisters.ENTRIES, BYTES / DeviceRegisters.ENTRY_BYTES);
        nic.write(DeviceRegisters.PERIOD, 100_000);
        nic.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        Session session = session();
        session.preserve(MEMORY, memory);
        session.preserve(IOMMUFD, iommufd);
        session.preserve(NIC, nic);
        return session;
    }

    private void retrieve(Session session) throws Exception {
        memory = session.retrieve(MEMORY, Memfd.class);
        iommufd = session.retrieve(IOMMUFD, Iommufd.class);
        nic = session.retrieve(NIC, VfioDevice.class);
    }

    private void takeOver() throws Exception {
        nic.attach(iommufd.restore(TABLE));
    }

    private Map<PciAddress, Integer> devices(FlbHandle<PreservedDevices> handle) throws LiveUpdateException {
        try (handle) {
            return handle.get().references();
        }
    }

    /** Waits until the device has written more to memory. */
    private void requireDma() throws Exception {
        long before = nic.read(DeviceRegisters.SEQUENCE);
        while (nic.read(DeviceRegisters.SEQUENCE) <= before) {
            Thread.onSpinWait();
        }
        assertEquals(0, nic.read(DeviceRegisters.FAULTS));
    }

    @Test
    void inTheRightOrderADeviceGoesOnOverALiveUpdate() throws Exception {
        preserved();
        assertEquals(Map.of(DEVICE, 1, ROOT_PORT, 1),
                devices(generation.workload().getOutgoing(PreservedDevices.KEY)));
        generation = generation.next(DEVICE);
        Session session = generation.workload().retrieveSession("guest");
        assertEquals(Map.of(DEVICE, 1, ROOT_PORT, 1),
                devices(generation.workload().getIncoming(PreservedDevices.KEY)));
        retrieve(session);
        takeOver();
        requireDma();
        session.close();
        requireDma();
        ByteBuffer entry = ByteBuffer.allocate(DeviceRegisters.ENTRY_BYTES);
        memory.read(DeviceRegisters.ENTRY_BYTES, entry);
        assertTrue(entry.getLong(0) != 0, "the device has written into memory");
        Refused.with(Errno.ENODATA, () -> generation.workload().getIncoming(PreservedDevices.KEY));
    }

    @Test
    void anIommufdBeforeItsMemoryIsEnoent() throws Exception {
        memory.addSeals(SEALED);
        table.preserve(TABLE);
        Session session = session();
        Refused.with(Errno.ENOENT, () -> session.preserve(IOMMUFD, iommufd));
        session.close();
    }

    @Test
    void memoryThatIsNotSealedIsEinvalForTheIommufd() throws Exception {
        table.preserve(TABLE);
        Session session = session();
        session.preserve(MEMORY, memory);
        Refused.with(Errno.EINVAL, () -> session.preserve(IOMMUFD, iommufd));
        session.close();
    }

    @Test
    void aDeviceBeforeItsIommufdIsEnoent() throws Exception {
        memory.addSeals(SEALED);
        table.preserve(TABLE);
        Session session = session();
        session.preserve(MEMORY, memory);
        Refused.with(Errno.ENOENT, () -> session.preserve(NIC, nic));
        session.close();
    }

    @Test
    void aDeviceInAnotherSessionThanItsIommufdIsEnoent() throws Exception {
        memory.addSeals(SEALED);
        table.preserve(TABLE);
        Session session = session();
        session.preserve(MEMORY, memory);
        session.preserve(IOMMUFD, iommufd);
        Session other = generation.workload().createSession("other");
        Refused.with(Errno.ENOENT, () -> other.preserve(NIC, nic));
        other.close();
        session.close();
    }

    @Test
    void aDeviceWhosePageTableIsNotMarkedIsEinval() throws Exception {
        memory.addSeals(SEALED);
        Session session = session();
        session.preserve(MEMORY, memory);
        session.preserve(IOMMUFD, iommufd);
        Refused.with(Errno.EINVAL, () -> session.preserve(NIC, nic));
        session.close();
    }

    @Test
    void whatASessionHoldsIsReleasedNewestFirst() throws Exception {
        Session session = preserved();
        Refused.with(Errno.EBUSY, nic::detach);
        session.close();
        nic.detach();
        Refused.with(Errno.ENOENT, () -> generation.workload().getOutgoing(PreservedDevices.KEY));
    }

    @Test
    void oneFileThatCannotBeFinishedKeepsTheWholeSession() throws Exception {
        preserved();
        generation = generation.next(DEVICE);
        Session session = generation.workload().retrieveSession("guest");
        Refused.with(Errno.EBUSY, session::finish);
        retrieve(session);
        Refused.with(Errno.EBUSY, session::finish);
        iommufd.restore(TABLE);
        Refused.with(Errno.EBUSY, session::finish);
        ByteFileException fixed = assertThrows(ByteFileException.class, () -> memory.truncate(0));
        assertEquals(Errno.EPERM, fixed.errno());
        assertEquals(Map.of(DEVICE, 1, ROOT_PORT, 1),
                devices(generation.workload().getIncoming(PreservedDevices.KEY)));
        takeOver();
        session.close();
        requireDma();
    }
}
