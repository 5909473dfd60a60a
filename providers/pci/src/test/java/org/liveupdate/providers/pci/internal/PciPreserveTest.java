package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.fatal.FatalCondition;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;

/** Devices over a live update, as a driver's file handler preserves them. */
class PciPreserveTest {

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
    void close() throws IOException {
        generation.close();
    }

    private void assertEveryPageIsFree() {
        assertEquals(0, generation.pages());
    }

    private Map<PciAddress, Integer> outgoing() throws LiveUpdateException {
        try (FlbHandle<PreservedDevices> handle = generation.liveUpdate().getOutgoing(PreservedDevices.KEY)) {
            return handle.get().references();
        }
    }

    private Map<PciAddress, Integer> incoming() throws LiveUpdateException {
        try (FlbHandle<PreservedDevices> handle = generation.liveUpdate().getIncoming(PreservedDevices.KEY)) {
            return handle.get().references();
        }
    }

    private void damageVersion() throws LiveUpdateException {
        try (FlbHandle<PreservedDevices> handle = generation.liveUpdate().getOutgoing(PreservedDevices.KEY)) {
            PciLayout.version(((SlotTable) handle.get()).header(), 99);
        }
    }

    @Test
    void devicesAndTheirBridgesArePreservedUntilTheSessionIsClosed() throws Exception {
        assertFalse(generation.devices.isPreserved(Tree.NIC));
        Session session = generation.preserve("s", Tree.NIC, Tree.OTHER_NIC, Tree.DISK);
        assertEquals(Map.of(Tree.NIC, 1, Tree.OTHER_NIC, 1, Tree.DISK, 1, Tree.SWITCH, 2, Tree.ROOT_PORT, 2),
                outgoing());
        assertTrue(generation.devices.isPreserved(Tree.NIC));
        assertTrue(generation.devices.isPreserved(Tree.SWITCH));
        assertFalse(generation.devices.isPreserved(Tree.VIRTUAL));
        session.close();
        assertFalse(generation.devices.isPreserved(Tree.NIC));
        assertEveryPageIsFree();
    }

    @Test
    void theNextGenerationKnowsThemUntilTheirSessionsAreFinished() throws Exception {
        generation.preserve("a", Tree.NIC);
        generation.preserve("b", Tree.OTHER_NIC);
        generation = generation.next();
        assertTrue(generation.devices.isIncoming(Tree.NIC) && generation.devices.isIncoming(Tree.SWITCH));
        assertFalse(generation.devices.isIncoming(Tree.DISK));
        assertEquals(Map.of(Tree.NIC, 1, Tree.OTHER_NIC, 1, Tree.SWITCH, 2, Tree.ROOT_PORT, 2), incoming());
        generation.liveUpdate().retrieveSession("a").close();
        assertFalse(generation.devices.isIncoming(Tree.NIC));
        assertEquals(Map.of(Tree.OTHER_NIC, 1, Tree.SWITCH, 1, Tree.ROOT_PORT, 1), incoming());
        generation.liveUpdate().retrieveSession("b").close();
        assertFalse(generation.devices.isIncoming(Tree.SWITCH));
        assertEquals(List.of(), generation.pci.fatal().list());
        assertEveryPageIsFree();
    }

    @Test
    void aDeviceCanBeIncomingAndOutgoingAtOnce() throws Exception {
        generation.preserve("a", Tree.NIC);
        generation = generation.next();
        Session session = generation.preserve("b", Tree.NIC);
        assertTrue(generation.devices.isIncoming(Tree.NIC) && generation.devices.isPreserved(Tree.NIC));
        generation.liveUpdate().retrieveSession("a").close();
        assertTrue(generation.devices.isPreserved(Tree.NIC));
        session.close();
        assertEveryPageIsFree();
    }

    @Test
    void nothingIsLeftAfterManyGenerations() throws Exception {
        generation.preserve("0", Tree.NIC, Tree.DISK);
        for (int i = 1; i <= 5; i++) {
            generation = generation.next();
            generation.liveUpdate().retrieveSession(Integer.toString(i - 1)).close();
            assertEveryPageIsFree();
            generation.preserve(Integer.toString(i), Tree.NIC, Tree.DISK);
        }
        generation.liveUpdate().openSession("5").close();
        assertEveryPageIsFree();
    }

    @Test
    void whatCannotBeFoundAgainIsEinval() throws Exception {
        Refused.with(Errno.EINVAL, "virtual function", () -> generation.preserve("a", Tree.VIRTUAL));
        Refused.with(Errno.EINVAL, "root bus", () -> generation.preserve("b", Tree.ASTRAY));
        Refused.with(Errno.EINVAL, "bridge", () -> generation.preserve("c", Tree.SWITCH));
        assertEveryPageIsFree();
    }

    @Test
    void aDeviceThatIsPreservedIsEbusyForEverybodyElse() throws Exception {
        Session session = generation.preserve("a", Tree.NIC);
        PciAddress same = PciAddress.parse(Tree.NIC.toString());
        Refused.with(Errno.EBUSY, Tree.NIC.toString(), () -> generation.preserve("b", same));
        assertEquals(1, outgoing().get(Tree.SWITCH));
        session.close();
        assertEveryPageIsFree();
    }

    @Test
    void aHandlerThatDoesNotListTheFlbGetsEnoent() {
        generation.liveUpdate().unregisterFlb(generation.handler, generation.flb);
        Refused.with(Errno.ENOENT, () -> generation.preserve("a", Tree.NIC));
        assertEveryPageIsFree();
    }

    @Test
    void unpreservingOrFinishingWhatIsNotIsAWarningOnly() throws Exception {
        generation.preserve("a", Tree.NIC);
        generation = generation.next();
        Session session = generation.preserve("b", Tree.DISK);
        Loose loose = new Loose(generation.liveUpdate());
        generation.devices.unpreserve(loose, Tree.NIC);
        generation.devices.finish(loose, Tree.DISK);
        assertEquals(Map.of(Tree.DISK, 1), outgoing());
        assertEquals(Map.of(Tree.NIC, 1, Tree.SWITCH, 1, Tree.ROOT_PORT, 1), incoming());
        generation.liveUpdate().retrieveSession("a").close();
        session.close();
        assertEveryPageIsFree();
    }

    @Test
    void whatADriverDidNotUnpreserveIsFreedWithTheFlb() throws Exception {
        Session session = generation.preserve("a", Tree.DISK);
        generation.devices.preserve(new Loose(generation.liveUpdate()), Tree.NIC);
        session.close();
        assertFalse(generation.devices.isPreserved(Tree.NIC));
        assertEveryPageIsFree();
    }

    @Test
    void aDeviceThatItsDriverDidNotFinishIsFatalAndIsLeftAloneWithItsMemory() throws Exception {
        generation.preserve("a", Tree.DISK);
        generation = generation.next();
        generation.handler.finishes = false;
        generation.devices.overrideDriver(Tree.DISK, "disk");
        generation.liveUpdate().retrieveSession("a").close();
        FatalCondition condition = generation.pci.fatal().list().get(0);
        assertEquals(Tree.DISK.toString(), condition.subject());
        assertTrue(condition.what().contains("did not finish"), condition.what());
        assertEquals(2, generation.pages(), "header and block stay allocated");
        assertTrue(generation.devices.isIncoming(Tree.DISK));
        Refused.with(Errno.EBUSY, Tree.DISK.toString(), () -> generation.devices.bind(Tree.DISK, "disk"));
        Refused.with(Errno.EBUSY, Tree.DISK.toString(), () -> generation.devices.probe(Tree.DISK));
        assertEquals("nic", generation.devices.probe(Tree.NIC));
    }

    @Test
    void devicesThatCannotBeToldAreFatalAndNoneIsGivenToADriver() throws Exception {
        generation.preserve("a", Tree.DISK);
        damageVersion();
        generation = generation.next();
        generation.devices.overrideDriver(Tree.NIC, "nic");
        Refused.with(Errno.EINVAL, () -> generation.devices.isIncoming(Tree.NIC));
        Refused.with(Errno.EINVAL, () -> generation.devices.bind(Tree.NIC, "nic"));
        Refused.with(Errno.EINVAL, () -> generation.devices.probe(Tree.DISK));
        List<FatalCondition> conditions = generation.pci.fatal().list();
        assertEquals(1, conditions.size());
        assertTrue(conditions.get(0).what().contains("cannot be told"), conditions.get(0).what());
        generation.liveUpdate().retrieveSession("a").close();
        assertEquals(2, generation.pages(), "header and block are kept");
    }
}
