package org.liveupdate.providers.vfio.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.vfio.VfioDevice;

/** Devices in sessions and over a live update. After each test every page is free. */
class VfioPciHandlerTest {

    private static final PciAddress ADDRESS = PciAddress.parse("0000:00:03.0");

    @TempDir
    Path directory;

    private ModelDevice hardware;
    private Generation generation;

    @BeforeEach
    void create() throws Exception {
        Path handover = Files.createDirectory(directory.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        hardware = new ModelDevice(directory, ADDRESS);
        generation = Generation.first(handover, hardware);
    }

    @AfterEach
    void everyPageIsFree() throws Exception {
        assertEquals(0, generation.pages());
        generation.close();
        hardware.close();
    }

    private VfioDevice running() throws Exception {
        VfioDevice device = generation.attached(ADDRESS);
        device.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        return device;
    }

    /** A running device after a live update, in the session {@code s} under token 0. */
    private Session handedOver() throws Exception {
        generation.session(running());
        generation = generation.next(hardware);
        return generation.liveUpdate().retrieveSession("s");
    }

    private void finish(Session session) throws Exception {
        VfioDevice device = session.retrieve(0, VfioDevice.class);
        device.attach(generation.iommu.table());
        session.close();
        device.close();
    }

    @Test
    void anAttachedDeviceIsPreservedAtTheIommuThenAtThePciCoreAndReleasedInReverse() throws Exception {
        VfioDevice device = running();
        Session session = generation.session(device);
        assertEquals(List.of("flb.preserve", "iommu.preserve", "pci.preserve"), generation.calls);
        assertTrue(generation.pages() > 0);
        generation.calls.clear();
        session.close();
        assertEquals(List.of("pci.unpreserve", "iommu.unpreserve", "flb.unpreserve"), generation.calls);
        assertTrue(hardware.runs());
        device.close();
        assertFalse(hardware.runs());
    }

    @Test
    void aDeviceThatIsNotAttachedIsPreservedAtThePciCoreAlone() throws Exception {
        VfioDevice device = generation.factory.open(ADDRESS);
        Session session = generation.session(device);
        assertEquals(List.of("flb.preserve", "pci.preserve"), generation.calls);
        session.close();
        device.close();
    }

    @Test
    void aDeviceGoesOnOverALiveUpdateAndIsNotReset() throws Exception {
        int resets = hardware.resets();
        Session session = handedOver();
        assertTrue(hardware.runs());
        VfioDevice device = session.retrieve(0, VfioDevice.class);
        assertEquals(ADDRESS, device.address());
        Refused.with(Errno.EINVAL, () -> device.read(0));
        device.attach(generation.iommu.table());
        assertEquals(DeviceRegisters.RUN, device.read(DeviceRegisters.CONTROL));
        session.close();
        assertEquals(List.of("pci.finish", "flb.finish"), generation.calls);
        assertEquals(resets + 1, hardware.resets(), "only the first attach, before the update, has reset it");
        device.reset();
        assertFalse(hardware.runs());
        device.close();
    }

    @Test
    void aDeviceGoesThroughManyGenerations() throws Exception {
        VfioDevice device = running();
        for (int i = 0; i < 5; i++) {
            generation.session(device);
            generation = generation.next(hardware);
            Session session = generation.liveUpdate().retrieveSession("s");
            device = session.retrieve(0, VfioDevice.class);
            device.attach(generation.iommu.table());
            session.close();
        }
        assertTrue(hardware.runs());
        assertEquals(1, hardware.resets());
        device.close();
    }

    @Test
    void whatFailsAtTheIommuStopsThere() throws Exception {
        VfioDevice device = running();
        generation.iommu.failure = Errno.EINVAL;
        Refused.with(Errno.EINVAL, () -> generation.session(device));
        assertEquals(List.of("flb.preserve", "iommu.preserve", "flb.unpreserve"), generation.calls);
        device.close();
    }

    @Test
    void whatFailsAtThePciCoreIsUndoneAtTheIommu() throws Exception {
        VfioDevice device = running();
        generation.pci.failure = Errno.EBUSY;
        Refused.with(Errno.EBUSY, () -> generation.session(device));
        assertEquals(List.of("flb.preserve", "iommu.preserve", "pci.preserve", "iommu.unpreserve", "flb.unpreserve"),
                generation.calls);
        assertEquals(Set.of(), generation.iommu.preserved);
        device.close();
    }

    @Test
    void withoutMemoryEverythingIsUndone() throws Exception {
        VfioDeviceFile device = (VfioDeviceFile) running();
        TestContext context = new TestContext(null, Side.OUTGOING, Reason.HANDOVER);
        Refused.with(Errno.ENOMEM, () -> generation.handler.preserve(context, device));
        assertEquals(List.of("iommu.preserve", "pci.preserve", "pci.unpreserve", "iommu.unpreserve"), generation.calls);
        device.close();
    }

    @Test
    void anAttachedDeviceWithoutAnIommuIsEnodev() throws Exception {
        VfioDevice device = running();
        generation.handler.iommu = null;
        Refused.with(Errno.ENODEV, "IOMMU", () -> generation.session(device));
        device.close();
    }

    @Test
    void aDeviceThatWasOpenedThroughItsGroupIsTakenByNoHandler() throws Exception {
        VfioDevice device = generation.factory.openThroughGroup(ADDRESS);
        Refused.with(Errno.ENOENT, () -> generation.session(device));
        assertFalse(generation.handler.canPreserve("a file of another kind"));
        device.close();
    }

    @Test
    void aClosedDeviceIsEbadf() throws Exception {
        VfioDevice device = running();
        device.close();
        Refused.with(Errno.EBADF, () -> generation.session(device));
    }

    @Test
    void aDomainThatDoesNotFitIsEinval() throws Exception {
        PciAddress far = PciAddress.parse("10000:00:03.0");
        try (ModelDevice other = new ModelDevice(directory, far)) {
            generation.pci.devices.put(far, other.device);
            generation.driver.probe(other.device);
            VfioDevice device = generation.attached(far);
            Refused.with(Errno.EINVAL, far.toString(), () -> generation.session(device));
            device.close();
        }
    }

    @Test
    void enabledInterruptsRefuseTheLiveUpdate() throws Exception {
        VfioDevice device = running();
        Session session = generation.session(device);
        device.interrupts(true);
        Refused.with(Errno.EINVAL, ADDRESS.toString(), () -> generation.next(hardware));
        device.interrupts(false);
        generation = generation.next(hardware);
        finish(generation.liveUpdate().retrieveSession("s"));
        assertEquals(Side.OUTGOING, session.side());
    }

    @Test
    void whileALiveUpdateIsUnderWayInterruptsStayDisabled() throws Exception {
        VfioDevice device = running();
        Session session = generation.session(device);
        generation.core.handover().commit(System.nanoTime());
        Refused.with(Errno.EBUSY, ADDRESS.toString(), () -> device.interrupts(true));
        device.interrupts(false);
        assertTrue(generation.core.handover().takeBack());
        generation.core.handover().resume();
        device.interrupts(true);
        session.close();
        device.close();
    }

    @Test
    void aDeviceThatWasAttachedAfterItWasPreservedRefusesTheLiveUpdate() throws Exception {
        VfioDevice device = generation.factory.open(ADDRESS);
        Session session = generation.session(device);
        device.attach(generation.iommu.table());
        Refused.with(Errno.EINVAL, "after it was preserved", () -> generation.next(hardware));
        session.close();
        device.close();
    }

    @Test
    void aDeviceThatIsNotThereOrNotBoundIsEnodevForGood() throws Exception {
        generation.session(running());
        generation = generation.next();
        Session session = generation.liveUpdate().retrieveSession("s");
        Refused.with(Errno.ENODEV, ADDRESS.toString(), () -> session.retrieve(0, VfioDevice.class));
        generation.pci.devices.put(ADDRESS, hardware.device);
        generation.driver.probe(hardware.device);
        Refused.with(Errno.ENODEV, ADDRESS.toString(), () -> session.retrieve(0, VfioDevice.class));
        Refused.with(Errno.EBUSY, session::finish);
        assertEquals(List.of(), generation.calls);
        forget(session);
    }

    @Test
    void aDeviceThatIsThereButNotBoundIsEnodev() throws Exception {
        generation.session(running());
        generation = generation.next();
        generation.pci.devices.put(ADDRESS, hardware.device);
        Session session = generation.liveUpdate().retrieveSession("s");
        Refused.with(Errno.ENODEV, "driver_override", () -> session.retrieve(0, VfioDevice.class));
        forget(session);
    }

    /** The session can never be finished: its generation ends, and so does its image. */
    private void forget(Session session) throws Exception {
        Refused.with(Errno.EBUSY, session::close);
        generation.close();
        Path fresh = Files.createDirectory(directory.resolve("fresh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        generation = Generation.first(fresh);
    }

    @Test
    void anIncomingDeviceIsNotOpenedByOthersUntilItIsFinished() throws Exception {
        Session session = handedOver();
        Refused.with(Errno.EBUSY, "live update", () -> generation.factory.open(ADDRESS));
        VfioDevice device = session.retrieve(0, VfioDevice.class);
        assertSame(device, session.retrieve(0, VfioDevice.class));
        Refused.with(Errno.EBUSY, "live update", () -> generation.factory.openThroughGroup(ADDRESS));
        finish(session);
        generation.factory.open(ADDRESS).close();
    }

    @Test
    void theSessionIsNotFinishedBeforeTheDeviceIsAttachedAgain() throws Exception {
        Session session = handedOver();
        Refused.with(Errno.EBUSY, session::finish);
        VfioDevice device = session.retrieve(0, VfioDevice.class);
        Refused.with(Errno.EBUSY, session::finish);
        assertEquals(List.of(), generation.calls, "nothing was touched");
        device.attach(generation.iommu.table());
        session.finish();
        assertEquals(List.of("pci.finish", "flb.finish"), generation.calls);
        session.close();
        device.close();
    }

    @Test
    void aDeviceThatWasClosedTooEarlyIsStillAttachedAndEndsWithTheSession() throws Exception {
        Session session = handedOver();
        session.retrieve(0, VfioDevice.class).close();
        Refused.with(Errno.EBUSY, session::finish);
        assertTrue(hardware.runs());
        session.retrieve(0, VfioDevice.class).attach(generation.iommu.table());
        assertTrue(hardware.runs());
        session.close();
        assertFalse(hardware.runs());
        assertEquals(Map.of(), generation.iommu.attached);
    }

    @Test
    void aPreservedDeviceThatItsUserClosesGoesOnUntilItsSessionIsClosed() throws Exception {
        VfioDevice device = running();
        Session session = generation.session(device);
        device.close();
        assertTrue(hardware.runs());
        Refused.with(Errno.EBUSY, () -> generation.factory.open(ADDRESS));
        session.close();
        assertFalse(hardware.runs());
        generation.factory.open(ADDRESS).close();
    }
}
