package org.liveupdate.providers.vfio.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.ScopeControl;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.pci.PciAddress;

/** The bundle is replaced while a session holds a device. After each test every page is free. */
class VfioSwapTest {

    private static final PciAddress ADDRESS = PciAddress.parse("0000:00:03.0");

    @TempDir
    Path directory;

    private ModelDevice hardware;
    private HandoverMemory memory;
    private ScopeControl scope;
    private final List<String> calls = new ArrayList<>();
    private final FakeIommu iommu = new FakeIommu(calls);
    private final FakePci pci = new FakePci(calls);
    private Vfio vfio;
    private VfioPciHandler handler;
    private VfioDeviceFile file;
    private long data;

    @BeforeEach
    void preserve() throws Exception {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        scope = memory.newScope("file 7 of s (vfio-pci-v1)", memory.pool("vfio"));
        hardware = new ModelDevice(directory, ADDRESS);
        pci.devices.put(ADDRESS, hardware.device);
        start();
        new VfioPciDriver(vfio).probe(hardware.device);
        VfioFactoryComponent factory = new VfioFactoryComponent(vfio);
        factory.pci = pci;
        file = (VfioDeviceFile) factory.open(ADDRESS);
        file.attach(iommu.table());
        file.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        handler.hold(file);
        data = handler.preserve(begin(Side.OUTGOING, Reason.HANDOVER), file).data();
        scope.commit();
    }

    @AfterEach
    void everyPageIsFree() throws Exception {
        hardware.close();
        assertEquals(0, memory.statistics().usedPages());
        memory.close();
    }

    /** Another version of the bundle, which knows nothing of the present one. */
    private void start() {
        vfio = new Vfio();
        handler = new VfioPciHandler(vfio);
        handler.pci = pci;
        handler.iommu = iommu;
    }

    private TestContext begin(Side side, Reason reason) {
        return new TestContext(scope.begin(true), side, reason);
    }

    private void swap(Side side) throws Exception {
        Vfio old = vfio;
        handler.detach(begin(side, Reason.ATTACH), file, data, null);
        scope.commit();
        attach(side);
        old.stop();
    }

    private void attach(Side side) throws Exception {
        scope.reset();
        start();
        file = handler.retrieve(begin(side, Reason.ATTACH), data);
        scope.commit();
        handler.hold(file);
    }

    private void unpreserve() {
        handler.unpreserve(begin(Side.OUTGOING, Reason.HANDOVER), file, data, null);
        scope.commit();
        assertEquals(0, scope.close());
        handler.release(file);
    }

    private boolean canFinish() {
        return handler.canFinish(null, file, data, RetrieveStatus.RETRIEVED);
    }

    private void finish() {
        handler.finish(begin(Side.INCOMING, Reason.HANDOVER), file, data, RetrieveStatus.RETRIEVED);
        scope.commit();
        assertEquals(0, scope.close());
        handler.release(file);
    }

    /** A live update in which the device is retrieved. */
    private void handOver() throws Exception {
        data = handler.freeze(begin(Side.OUTGOING, Reason.HANDOVER), file, data, null);
        scope.commit();
        scope.reset();
        iommu.attached.clear();
        start();
        new VfioPciDriver(vfio).probe(hardware.device);
        file = handler.retrieve(begin(Side.INCOMING, Reason.HANDOVER), data);
        scope.commit();
        handler.hold(file);
    }

    @Test
    void theDeviceRunsOnAndAnotherObjectStandsForIt() throws Exception {
        VfioDeviceFile old = file;
        swap(Side.OUTGOING);
        assertTrue(hardware.runs());
        assertEquals(1, hardware.resets());
        assertEquals(Set.of(ADDRESS), new VfioPciDriver(vfio).devices());
        assertEquals(DeviceRegisters.RUN, file.read(DeviceRegisters.CONTROL));
        assertTrue(file.isAttached());
        Refused.with(Errno.ENODEV, () -> old.read(0));
        old.close();
        assertTrue(hardware.runs());
        unpreserve();
        assertEquals(Set.of(), iommu.preserved);
        file.reset();
        assertFalse(hardware.runs());
    }

    @Test
    void itIsDetachedOnceItsPageTableIsKnownAgain() throws Exception {
        swap(Side.OUTGOING);
        unpreserve();
        Refused.with(Errno.ENODEV, "attach it to its page table once more", file::detach);
        file.attach(iommu.table());
        assertEquals(1, hardware.resets());
        file.detach();
        assertEquals(Map.of(), iommu.attached);
        file.close();
    }

    @Test
    void aDeviceThatItsUserHadClosedIsSwitchedOffWithItsSession() throws Exception {
        file.close();
        swap(Side.OUTGOING);
        swap(Side.OUTGOING);
        assertTrue(hardware.runs());
        Refused.with(Errno.EBADF, () -> file.read(0));
        unpreserve();
        assertFalse(hardware.runs());
    }

    @Test
    void aDeviceThatWasNotAttachedAgainYetStillHasToBe() throws Exception {
        handOver();
        swap(Side.INCOMING);
        assertFalse(canFinish());
        Refused.with(Errno.EINVAL, () -> file.read(0));
        file.attach(iommu.table());
        assertTrue(canFinish());
        assertEquals(1, hardware.resets());
        finish();
        file.close();
    }

    @Test
    void aDeviceThatWasAttachedAgainNeedNotBeAgain() throws Exception {
        handOver();
        file.attach(iommu.table());
        swap(Side.INCOMING);
        assertTrue(canFinish());
        assertEquals(DeviceRegisters.RUN, file.read(DeviceRegisters.CONTROL));
        finish();
        file.close();
    }

    @Test
    void aSwappedDeviceThatIsHandedOverIsOpenAndNotAttachedInTheSuccessor() throws Exception {
        file.close();
        swap(Side.OUTGOING);
        handOver();
        assertFalse(file.isAttached());
        assertFalse(canFinish());
        file.attach(iommu.table());
        finish();
        assertTrue(hardware.runs());
        file.close();
        assertFalse(hardware.runs());
    }

    @Test
    void anOwnerThatLeftWithoutDetachingLeavesTheDeviceRunning() throws Exception {
        Vfio old = vfio;
        attach(Side.OUTGOING);
        old.stop();
        assertTrue(hardware.runs());
        assertEquals(DeviceRegisters.RUN, file.read(DeviceRegisters.CONTROL));
        unpreserve();
        file.close();
    }
}
