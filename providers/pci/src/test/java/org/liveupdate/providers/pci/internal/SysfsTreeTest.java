package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;

class SysfsTreeTest {

    @TempDir
    Path directory;

    private SysfsTree tree;

    @BeforeEach
    void create() throws IOException {
        tree = new SysfsTree(Tree.in(directory));
    }

    @Test
    void devicesAreListedByAddress() throws Exception {
        Files.createFile(tree.root().resolve("notes"));
        assertEquals(
                List.of(Tree.ROOT_PORT, Tree.DISK, Tree.SWITCH, Tree.NIC, Tree.VIRTUAL, Tree.OTHER_NIC, Tree.ASTRAY),
                tree.devices().stream().map(PciDevice::address).toList());
    }

    @Test
    void aDeviceHasItsIdsAndTheBridgesUpToTheRootBus() throws Exception {
        PciDevice nic = tree.device(Tree.NIC);
        assertEquals(0x1af4, nic.vendor());
        assertEquals(0x1041, nic.device());
        assertEquals(0x020000, nic.classCode());
        assertEquals(List.of(Tree.SWITCH, Tree.ROOT_PORT), nic.bridges());
        assertEquals("pci0000:00", nic.rootBus());
        assertFalse(nic.virtualFunction() || nic.isBridge());
        assertTrue(Files.exists(nic.directory().resolve("class")));
    }

    @Test
    void aDeviceOnTheRootBusHasNoBridges() throws Exception {
        assertEquals(List.of(), tree.device(Tree.DISK).bridges());
        assertTrue(tree.device(Tree.ROOT_PORT).isBridge());
    }

    @Test
    void aVirtualFunctionIsKnownByItsPhysicalOne() throws Exception {
        assertTrue(tree.device(Tree.VIRTUAL).virtualFunction());
    }

    @Test
    void aDeviceWhosePathEndsElsewhereHasNoRootBus() throws Exception {
        assertNull(tree.device(Tree.ASTRAY).rootBus());
    }

    @Test
    void aDeviceThatIsNotListedIsEnodev() {
        Refused.with(Errno.ENODEV, "0000:09:00.0", () -> tree.device(PciAddress.parse("0000:09:00.0")));
    }

    @Test
    void aMachineWithoutPciHasNoDevices() throws Exception {
        assertEquals(List.of(), new SysfsTree(directory.resolve("none")).devices());
    }

    @Test
    void attributesThatCannotBeReadAreEio() throws Exception {
        Path device = tree.device(Tree.DISK).directory();
        Files.writeString(device.resolve("class"), "a disk");
        Refused.with(Errno.EIO, Tree.DISK.toString(), tree::devices);
        Files.delete(device.resolve("class"));
        Refused.with(Errno.EIO, Tree.DISK.toString(), () -> tree.device(Tree.DISK));
        Refused.with(Errno.EIO, new SysfsTree(device.resolve("vendor"))::devices);
    }

    @Test
    void theMachinesOwnDevicesAllReachARootBus() throws Exception {
        Path own = Path.of(PciConfiguration.SYSFS);
        assumeTrue(Files.isDirectory(own), own + " is not there");
        assertTrue(new SysfsTree(own).devices().stream().allMatch(device -> device.rootBus() != null));
    }
}
