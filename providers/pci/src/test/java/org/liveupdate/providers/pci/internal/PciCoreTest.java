package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.pci.PciAddress;

/** Who drives which device, and what a live update has to do with it. After each test every page is free. */
class PciCoreTest {

    private static final PciAddress NONE = PciAddress.parse("0000:09:00.0");

    @TempDir
    Path directory;

    private Generation generation;

    @BeforeEach
    void create() throws Exception {
        Path handover = Files.createDirectory(directory.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        generation = Generation.first(handover, Tree.in(directory.resolve("machine")));
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.pages());
        generation.close();
    }

    private PciCoreComponent pci() {
        return generation.devices;
    }

    @Test
    void aDeviceIsProbedByTheDriverThatMatches() throws Exception {
        assertEquals("nic", pci().probe(Tree.NIC));
        assertEquals(Optional.of("nic"), pci().driver(Tree.NIC));
        assertEquals(Optional.empty(), pci().driver(Tree.OTHER_NIC));
    }

    @Test
    void aDeviceIsProbedByTheDriverThatItsOverrideNames() throws Exception {
        pci().overrideDriver(Tree.NIC, "disk");
        assertEquals(Optional.of("disk"), pci().driverOverride(Tree.NIC));
        assertEquals("disk", pci().probe(Tree.NIC));
        pci().unbind(Tree.NIC);
        pci().overrideDriver(Tree.NIC, null);
        assertEquals("nic", pci().probe(Tree.NIC));
    }

    @Test
    void aDriverIsNotGivenDevicesOfOtherKindsOrOfOthers() throws Exception {
        Refused.with(Errno.ENODEV, "driver_override", () -> pci().bind(Tree.NIC, "disk"));
        pci().overrideDriver(Tree.NIC, "disk");
        Refused.with(Errno.ENODEV, "its driver_override is disk", () -> pci().bind(Tree.NIC, "nic"));
        pci().bind(Tree.NIC, "disk");
        assertEquals(Optional.of("disk"), pci().driver(Tree.NIC));
    }

    @Test
    void whatIsNotThereIsEnodev() {
        Refused.with(Errno.ENODEV, NONE.toString(), () -> pci().device(NONE));
        Refused.with(Errno.ENODEV, NONE.toString(), () -> pci().bind(NONE, "nic"));
        Refused.with(Errno.ENODEV, NONE.toString(), () -> pci().probe(NONE));
        Refused.with(Errno.ENODEV, NONE.toString(), () -> pci().unbind(NONE));
        Refused.with(Errno.ENODEV, NONE.toString(), () -> pci().overrideDriver(NONE, "nic"));
        Refused.with(Errno.ENODEV, NONE.toString(), () -> generation.preserve("s", NONE));
        Refused.with(Errno.ENODEV, "driver sound", () -> pci().bind(Tree.NIC, "sound"));
        Refused.with(Errno.ENODEV, "no driver takes", () -> pci().probe(Tree.SWITCH));
        Refused.with(Errno.ENODEV, "no driver has", () -> pci().unbind(Tree.NIC));
    }

    @Test
    void aDeviceHasOneDriver() throws Exception {
        pci().bind(Tree.NIC, "nic");
        Refused.with(Errno.EBUSY, "driver nic", () -> pci().bind(Tree.NIC, "nic"));
        Refused.with(Errno.EBUSY, "driver nic", () -> pci().probe(Tree.NIC));
    }

    @Test
    void aDriverKeepsADeviceThatIsInUse() throws Exception {
        pci().bind(Tree.NIC, "nic");
        generation.nics.inUse = true;
        Refused.with(Errno.EBUSY, Tree.NIC.toString(), () -> pci().unbind(Tree.NIC));
        generation.nics.inUse = false;
        pci().unbind(Tree.NIC);
        assertEquals(Optional.empty(), pci().driver(Tree.NIC));
    }

    @Test
    void aDriverThatLeavesHasNoDevices() throws Exception {
        pci().bind(Tree.NIC, "nic");
        pci().removeDriver(generation.nics);
        assertEquals(Optional.empty(), pci().driver(Tree.NIC));
        Refused.with(Errno.ENODEV, () -> pci().bind(Tree.NIC, "nic"));
    }

    @Test
    void anEmptyOverrideIsEinval() {
        Refused.with(Errno.EINVAL, () -> pci().overrideDriver(Tree.NIC, " "));
    }

    @Test
    void overridesAreConfigured() throws Exception {
        Overrides overrides = new Overrides("0000:02:00.0=vfio-pci", " 0000:02:01.0=nic");
        assertEquals(Optional.of("vfio-pci"), overrides.of(Tree.NIC));
        assertEquals(Optional.of("nic"), overrides.of(Tree.OTHER_NIC));
        for (String wrong : new String[]{"", "0000:02:00.0", "0000:02:00.0=", "nic=0000:02:00.0"}) {
            assertThrows(IllegalArgumentException.class, () -> new Overrides(wrong));
        }
    }

    @Test
    void aPreservedDeviceKeepsItsDriver() throws Exception {
        pci().bind(Tree.NIC, "nic");
        Session session = generation.preserve("s", Tree.NIC);
        Refused.with(Errno.EBUSY, Tree.NIC.toString(), () -> pci().unbind(Tree.NIC));
        session.close();
        pci().unbind(Tree.NIC);
    }

    @Test
    void anIncomingDeviceIsOnlyGivenToTheDriverThatItsOverrideNames() throws Exception {
        generation.preserve("s", Tree.NIC);
        generation = generation.next();
        Refused.with(Errno.EBUSY, Tree.NIC + ": the previous generation", () -> pci().probe(Tree.NIC));
        Refused.with(Errno.EBUSY, Tree.NIC + ": the previous generation", () -> pci().bind(Tree.NIC, "nic"));
        assertEquals("nic", pci().probe(Tree.OTHER_NIC));
        pci().overrideDriver(Tree.NIC, "nic");
        assertEquals("nic", pci().probe(Tree.NIC));
        Refused.with(Errno.EBUSY, Tree.NIC + ": its handover", () -> pci().unbind(Tree.NIC));
        generation.liveUpdate().retrieveSession("s").close();
        pci().unbind(Tree.NIC);
        pci().overrideDriver(Tree.NIC, null);
        assertEquals("nic", pci().probe(Tree.NIC));
    }

    @Test
    void beforeThisGenerationIsInChargeNoDeviceIsGivenToADriver() throws Exception {
        pci().liveUpdate = null;
        Refused.with(Errno.ENODEV, "in charge", () -> pci().bind(Tree.NIC, "nic"));
        assertEquals(7, pci().devices().size());
    }

    @Test
    void whoeverSeesTheCoreBeforeThisComponentDoesIsAnsweredAsAlways() throws Exception {
        generation.preserve("s", Tree.NIC);
        generation = generation.next();
        pci().liveUpdate = null;
        generation.registered = generation.liveUpdate();
        Refused.with(Errno.EBUSY, Tree.NIC + ": the previous generation", () -> pci().bind(Tree.NIC, "nic"));
        assertEquals("nic", pci().probe(Tree.OTHER_NIC));
        generation.liveUpdate().retrieveSession("s").close();
        pci().unbind(Tree.OTHER_NIC);
    }
}
