package org.liveupdate.providers.vfio.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;

/** An open device, without any session. */
class VfioDeviceTest {

    private static final PciAddress ADDRESS = PciAddress.parse("0000:00:03.0");
    private static final PciAddress UNBOUND = PciAddress.parse("0000:00:04.0");

    @TempDir
    Path machine;

    private ModelDevice hardware;
    private final Vfio vfio = new Vfio();
    private final VfioPciDriver driver = new VfioPciDriver(vfio);
    private final VfioFactoryComponent factory = new VfioFactoryComponent(vfio);
    private final List<String> calls = new ArrayList<>();
    private final FakeIommu iommu = new FakeIommu(calls);
    private final FakePci pci = new FakePci(calls);

    @BeforeEach
    void bind() throws Exception {
        hardware = new ModelDevice(machine, ADDRESS);
        factory.pci = pci;
        driver.probe(hardware.device);
    }

    @AfterEach
    void switchOff() throws Exception {
        hardware.close();
    }

    private VfioDevice attached() throws LiveUpdateException {
        VfioDevice device = factory.open(ADDRESS);
        device.attach(iommu.table());
        return device;
    }

    @Test
    void theDriverTakesOnlyWhatItIsGiven() throws Exception {
        assertEquals(VfioFactory.DRIVER, driver.name());
        assertFalse(driver.matches(hardware.device));
        assertEquals(Set.of(ADDRESS), driver.devices());
        driver.remove(hardware.device);
        assertEquals(Set.of(), driver.devices());
        Refused.with(Errno.ENODEV, "driver_override", () -> factory.open(ADDRESS));
    }

    @Test
    void aDeviceThatIsNotOfTheModelIsEnodev() throws Exception {
        Path other = Files.createDirectory(machine.resolve("other"));
        PciDevice device = new PciDevice(UNBOUND, 1, 1, 1, false, List.of(), "pci0000:00", other);
        Refused.with(Errno.ENODEV, UNBOUND.toString(), () -> driver.probe(device));
        Files.write(other.resolve("resource0"), new byte[DeviceRegisters.BYTES]);
        Refused.with(Errno.ENODEV, "identity", () -> driver.probe(device));
        assertEquals(Set.of(ADDRESS), driver.devices());
    }

    @Test
    void theRegistersOfRealDevicesAreNotTouched() {
        PciDevice device = new PciDevice(UNBOUND, 1, 1, 1, false, List.of(), "pci0000:00", Path.of("/sys"));
        Refused.with(Errno.ENODEV, "real device", () -> driver.probe(device));
    }

    @Test
    void aDeviceHasOneUserHoweverItWasOpened() throws Exception {
        VfioDevice device = factory.open(ADDRESS);
        assertEquals(ADDRESS, device.address());
        Refused.with(Errno.EBUSY, ADDRESS.toString(), () -> factory.open(ADDRESS));
        Refused.with(Errno.EBUSY, ADDRESS.toString(), () -> factory.openThroughGroup(ADDRESS));
        Refused.with(Errno.EBUSY, ADDRESS.toString(), () -> driver.remove(hardware.device));
        device.close();
        factory.openThroughGroup(ADDRESS).close();
        driver.remove(hardware.device);
    }

    @Test
    void aDeviceThatCameWithALiveUpdateIsNotOpenedByOthers() {
        pci.incoming.add(ADDRESS);
        Refused.with(Errno.EBUSY, "live update", () -> factory.open(ADDRESS));
        Refused.with(Errno.EBUSY, "live update", () -> factory.openThroughGroup(ADDRESS));
    }

    @Test
    void nothingCanBeDoneWithItUntilItIsAttached() throws Exception {
        VfioDevice device = factory.open(ADDRESS);
        Refused.with(Errno.EINVAL, () -> device.read(0));
        Refused.with(Errno.EINVAL, () -> device.write(24, 0));
        Refused.with(Errno.EINVAL, () -> device.interrupts(true));
        Refused.with(Errno.EINVAL, device::reset);
        assertFalse(device.isAttached());
        device.detach();
        device.close();
        assertEquals(0, hardware.resets());
    }

    @Test
    void theFirstAttachResetsIt() throws Exception {
        hardware.registers.setBits(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        VfioDevice device = attached();
        assertEquals(1, hardware.resets());
        assertFalse(hardware.runs());
        assertTrue(device.isAttached());
        device.detach();
        assertFalse(device.isAttached());
        assertEquals(Map.of(), iommu.attached);
        device.attach(iommu.table());
        assertEquals(1, hardware.resets());
        device.close();
    }

    @Test
    void anAttachThatIsRefusedLeavesItUnused() throws Exception {
        VfioDevice device = factory.open(ADDRESS);
        FakeIommu.Table table = iommu.table();
        table.attachFailure = Errno.ENOMEM;
        Refused.with(Errno.ENOMEM, () -> device.attach(table));
        Refused.with(Errno.EINVAL, () -> device.read(0));
        device.close();
    }

    @Test
    void aDetachThatIsRefusedLeavesItAttached() throws Exception {
        VfioDevice device = factory.open(ADDRESS);
        FakeIommu.Table table = iommu.table();
        device.attach(table);
        table.detachFailure = Errno.EBUSY;
        Refused.with(Errno.EBUSY, device::detach);
        assertTrue(device.isAttached());
        device.close();
        assertEquals(Set.of(ADDRESS), iommu.attached.keySet());
    }

    @Test
    void itsRegistersAreReadAndWritten() throws Exception {
        VfioDevice device = attached();
        assertEquals(DeviceRegisters.IDENTITY_VALUE, device.read(DeviceRegisters.IDENTITY));
        device.write(DeviceRegisters.RING, 0x1234_5678_9abc_def0L);
        assertEquals(0x1234_5678_9abc_def0L, hardware.registers.get(DeviceRegisters.RING));
        device.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 1, 4, 4095, 4096, Long.MAX_VALUE, Long.MIN_VALUE})
    void whereNoRegisterIsIsEinval(long offset) throws Exception {
        VfioDevice device = attached();
        Refused.with(Errno.EINVAL, ADDRESS.toString(), () -> device.read(offset));
        Refused.with(Errno.EINVAL, ADDRESS.toString(), () -> device.write(offset, 0));
        device.close();
    }

    @Test
    void interruptsAreSwitchedAtTheDevice() throws Exception {
        VfioDevice device = attached();
        device.interrupts(true);
        assertEquals(DeviceRegisters.INTERRUPTS_ON, hardware.registers.get(DeviceRegisters.CONTROL));
        device.interrupts(false);
        assertEquals(0, hardware.registers.get(DeviceRegisters.CONTROL));
        device.close();
    }

    @Test
    void aResetStopsIt() throws Exception {
        VfioDevice device = attached();
        device.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN | DeviceRegisters.INTERRUPTS_ON);
        device.reset();
        assertEquals(0, hardware.registers.get(DeviceRegisters.CONTROL));
        device.close();
    }

    @Test
    void aDeviceThatStopsAnsweringIsEtimedoutAndOneThatNeverDidIsEnotty() throws Exception {
        VfioDevice device = attached();
        hardware.off();
        Refused.with(Errno.ETIMEDOUT, ADDRESS.toString(), device::reset);
        device.close();
        VfioDevice dead = attached();
        Refused.with(Errno.ENOTTY, ADDRESS.toString(), dead::reset);
        dead.close();
    }

    @Test
    void closingStopsResetsAndDetachesIt() throws Exception {
        VfioDevice device = attached();
        device.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        device.close();
        device.close();
        assertEquals(2, hardware.resets());
        assertFalse(hardware.runs());
        assertEquals(Map.of(), iommu.attached);
        assertFalse(device.isAttached());
        Refused.with(Errno.EBADF, () -> device.read(0));
        Refused.with(Errno.EBADF, () -> device.attach(iommu.table()));
        Refused.with(Errno.EBADF, device::detach);
    }

    @Test
    void whenTheBundleStopsADeviceIsSwitchedOff() throws Exception {
        VfioDevice device = attached();
        device.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        vfio.stop();
        assertFalse(hardware.runs());
        assertEquals(Map.of(), iommu.attached);
        Refused.with(Errno.ENODEV, () -> device.read(0));
        device.close();
        assertEquals(2, hardware.resets());
    }
}
