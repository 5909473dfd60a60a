package org.liveupdate.providers.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;

/** The machine as a directory, and how long its devices live. */
@Timeout(60)
class MachineTest {

    private static final PciAddress DEVICE = PciAddress.parse("0000:01:00.0");
    private static final PciAddress ON_ROOT_BUS = PciAddress.parse("0000:00:03.0");

    @TempDir
    Path directory;

    private Machine machine() throws IOException {
        return Machine.create(directory.resolve("machine"), List.of(DEVICE, ON_ROOT_BUS));
    }

    @Test
    void itsDevicesLookAsInSysfs() throws IOException {
        Path devices = machine().directory().resolve("devices");
        Path device = devices.resolve(DEVICE.toString());
        assertEquals("0x1b36\n", Files.readString(device.resolve("vendor")));
        assertEquals("0x00ff00\n", Files.readString(device.resolve("class")));
        assertEquals("0000:00:11.0", device.toRealPath().getParent().getFileName().toString());
        assertEquals("0x060400\n", Files.readString(devices.resolve("0000:00:11.0").resolve("class")));
        assertEquals("pci0000:00",
                devices.resolve(ON_ROOT_BUS.toString()).toRealPath().getParent().getFileName().toString());
        byte[] config = Files.readAllBytes(devices.resolve("0000:00:11.0").resolve("config"));
        assertEquals(List.of(0x36, 0x1b, 1, 0, 1, 1),
                Stream.of(0, 1, 14, 24, 25, 26).map(offset -> (int) config[offset]).toList());
    }

    @Test
    void aDeviceIsWhereADeviceCanBe() {
        for (String wrong : List.of("0001:01:00.0", "0000:10:00.0", "0000:00:10.0")) {
            assertThrows(IllegalArgumentException.class,
                    () -> Machine.create(directory.resolve(wrong), List.of(PciAddress.parse(wrong))));
        }
    }

    @Test
    void aMachineIsNotBuiltOverAnother() throws IOException {
        machine();
        assertThrows(FileAlreadyExistsException.class, this::machine);
    }

    @Test
    void registersOfSomethingElseAreRefused() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other/iommu"));
        Files.write(other.resolve("registers"), new byte[IommuRegisters.BYTES]);
        assertThrows(IOException.class, () -> IommuRegisters.open(other.getParent()));
        Files.write(other.resolve("resource0"), new byte[DeviceRegisters.BYTES]);
        assertThrows(IOException.class, () -> DeviceRegisters.open(other));
        Files.write(other.resolve("resource0"), new byte[DeviceRegisters.BYTES - 1]);
        assertThrows(IOException.class, () -> DeviceRegisters.open(other));
    }

    @Test
    void aDeviceLivesAsLongAsTheMachineIsInUse() throws Exception {
        Machine machine = machine();
        RegisterFile registers = machine.registers(DEVICE);
        Closeable use = machine.use();
        DeviceProcess device =
                DeviceProcess.start(machine.directory(), DEVICE, System.getProperty("java.class.path"), 1);
        long start = registers.get(DeviceRegisters.ALIVE);
        while (registers.get(DeviceRegisters.ALIVE) - start < TimeUnit.SECONDS.toNanos(3)) {
            assertTrue(device.handle().isAlive());
            Thread.onSpinWait();
        }
        use.close();
        assertEquals(0, device.await());
    }

    @Test
    void aDeviceEndsWhenNobodyHasUsedTheMachineForAWhile() throws Exception {
        try (Life life = new Life(machine().directory(), TimeUnit.MILLISECONDS.toNanos(1))) {
            assertEquals("nobody uses the machine any more", awaitEnd(life));
        }
    }

    @Test
    void aDeviceEndsWithTheMachine() throws Exception {
        Machine machine = machine();
        try (Life life = new Life(machine.directory(), TimeUnit.HOURS.toNanos(1))) {
            assertNull(life.end());
            machine.powerOff();
            assertEquals("the machine was switched off", life.end());
        }
    }

    @Test
    void aDeviceEndsWhenTheMachineIsGone() throws Exception {
        Machine machine = machine();
        try (Life life = new Life(machine.directory(), TimeUnit.HOURS.toNanos(1))) {
            try (Stream<Path> files = Files.walk(machine.directory())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            assertEquals("the machine is gone", awaitEnd(life));
        }
    }

    private static String awaitEnd(Life life) throws IOException {
        String end = life.end();
        while (end == null) {
            Thread.onSpinWait();
            end = life.end();
        }
        return end;
    }

    @Test
    void withoutTranslationEveryAccessFaultsAndTheFirstIsKept() throws Exception {
        Machine machine = machine();
        RegisterFile registers = machine.registers(DEVICE);
        try (BusMaster memory = new BusMaster(machine.iommu(), DEVICE)) {
            Device device = new Device(registers, memory);
            registers.set(DeviceRegisters.RING, 0x1000);
            registers.set(DeviceRegisters.ENTRIES, 4);
            registers.set(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
            while (registers.get(DeviceRegisters.FAULTS) < 3) {
                device.step();
            }
            assertEquals(0, registers.get(DeviceRegisters.SEQUENCE));
            assertEquals(0x1000, registers.get(DeviceRegisters.FAULT_ADDRESS));
            assertEquals(Fault.OFF, Fault.of((int) registers.get(DeviceRegisters.FAULT)));
            assertEquals(DeviceRegisters.RUNNING | DeviceRegisters.FAULTED, registers.get(DeviceRegisters.STATUS));
            IommuRegisters iommu = machine.iommu();
            assertEquals(3, iommu.faults());
            assertEquals(new IommuRegisters.Recorded(DEVICE.bdf(), 0x1000, true, Fault.OFF), iommu.fault());
            iommu.clearFault();
            assertNull(iommu.fault());
            assertEquals(0, iommu.access(DEVICE.bdf()) & 1, "no access is under way");
            registers.setBits(DeviceRegisters.CONTROL, DeviceRegisters.RESET);
            device.step();
            assertEquals(0, registers.get(DeviceRegisters.CONTROL));
            assertEquals(0, registers.get(DeviceRegisters.STATUS) | registers.get(DeviceRegisters.FAULTS)
                    | registers.get(DeviceRegisters.RING));
        }
    }

    @Test
    void aDeviceThatWasPulledOutInTheMiddleOfAnAccessDoesNotLookBusyWhenItIsBack() throws Exception {
        Machine machine = machine();
        IommuRegisters iommu = machine.iommu();
        iommu.beginAccess(DEVICE.bdf());
        assertEquals(1, iommu.access(DEVICE.bdf()) & 1);
        new BusMaster(iommu, DEVICE).close();
        assertEquals(0, iommu.access(DEVICE.bdf()) & 1);
    }

    @Test
    void aDeviceIsAProcessThatEndsWhenTheMachineIsSwitchedOff() throws Exception {
        Machine machine = machine();
        RegisterFile registers = machine.registers(DEVICE);
        try (Closeable use = machine.use()) {
            assertNotNull(use);
            DeviceProcess device = DeviceProcess.start(machine.directory(), DEVICE,
                    System.getProperty("java.class.path"), 30);
            long seen = registers.get(DeviceRegisters.ALIVE);
            while (registers.get(DeviceRegisters.ALIVE) == seen) {
                Thread.onSpinWait();
            }
            machine.powerOff();
            assertEquals(0, device.await());
        }
    }

    @Test
    void aDeviceThatIsNotThereDoesNotStart() throws Exception {
        Machine machine = machine();
        IOException e = assertThrows(IOException.class, () -> DeviceProcess.start(machine.directory(),
                PciAddress.parse("0000:05:00.0"), System.getProperty("java.class.path"), 30));
        assertTrue(e.getMessage().contains("0000:05:00.0"), e.getMessage());
    }
}
