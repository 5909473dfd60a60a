package org.liveupdate.providers.vfio.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The handler keeps to the contract; an IOMMU and a PCI core agree to everything. */
class VfioContractTest extends FileHandlerContractTest<VfioDevice> {

    @Override
    public String compatible() {
        return VfioLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<VfioDevice> start(Host host) throws Exception {
        return new Provider(host);
    }

    private static void notFinishedUnretrieved() {
        Assumptions.abort("a session is not finished before its devices are attached again: see VfioPciHandlerTest");
    }

    @Override
    @Test
    public void finishingWithoutRetrievingGivesTheMemoryBack() {
        notFinishedUnretrieved();
    }

    @Override
    @Test
    public void aFileThatCannotBeRetrievedIsGivenBackByFinish() {
        notFinishedUnretrieved();
    }

    @Override
    @Test
    public void callbacksThatReturnNothingNeverThrow() {
        notFinishedUnretrieved();
    }

    @Override
    @Test
    public void itsFlbsArePreservedOnceAndFinishedOnceForManyFiles() {
        notFinishedUnretrieved();
    }

    private static final class Provider implements FileProvider<VfioDevice> {

        /** An image of another machine is about one of the first devices. */
        private static final int PLUGGED_IN = 4;

        private final ContractMachine machine;
        private final Vfio vfio = new Vfio();
        private final VfioPciDriver driver = new VfioPciDriver(vfio);
        private final VfioFactoryComponent factory = new VfioFactoryComponent(vfio);
        private final FakePci pci = new FakePci(new CopyOnWriteArrayList<>());
        private final Queue<PciDevice> unused = new ConcurrentLinkedQueue<>();

        private Provider(Host host) throws Exception {
            machine = new ContractMachine(host.directory());
            VfioPciHandler handler = new VfioPciHandler(vfio);
            factory.pci = pci;
            handler.pci = pci;
            handler.iommu = Agreeable.of(IommuCore.class);
            for (PciDevice device : machine.plugged()) {
                bind(device);
            }
            while (pci.devices.size() < PLUGGED_IN) {
                unused.add(bind(machine.plug()));
            }
            host.register(VfioLayout.COMPATIBLE, handler, PreservedDevices.COMPATIBLE);
            host.register(PreservedDevices.COMPATIBLE, new FakePciFlb(new CopyOnWriteArrayList<>()));
        }

        private PciDevice bind(PciDevice device) throws Exception {
            pci.devices.put(device.address(), device);
            driver.probe(device);
            return device;
        }

        @Override
        public VfioDevice create(int seed) throws Exception {
            PciDevice device = unused.poll();
            if (device == null) {
                device = bind(machine.plug());
            }
            VfioDevice file = factory.open(device.address());
            file.attach(Agreeable.of(HardwarePageTable.class));
            file.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
            return file;
        }

        /** Which device it is; what is in its registers is not in the image. */
        @Override
        public Object state(VfioDevice file) throws Exception {
            return file.address() + " " + Long.toHexString(file.read(DeviceRegisters.IDENTITY));
        }

        @Override
        public void retrieved(VfioDevice file) throws Exception {
            file.attach(Agreeable.of(HardwarePageTable.class));
        }

        @Override
        public void close(VfioDevice file) {
            file.close();
        }

        @Override
        public void close() {
            vfio.stop();
            machine.close();
        }
    }
}
