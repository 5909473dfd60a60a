package org.liveupdate.providers.vfio.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.api.vfio.VfioDevice;

/** One generation: a core, the provider's components, an IOMMU and a PCI core of sorts. */
final class Generation implements AutoCloseable {

    final LiveUpdateFactory.Instance core;
    /** What happened at IOMMU and PCI core, in order. */
    final List<String> calls = new ArrayList<>();
    final FakeIommu iommu = new FakeIommu(calls);
    final FakePci pci = new FakePci(calls);
    final Vfio vfio = new Vfio();
    final VfioPciDriver driver = new VfioPciDriver(vfio);
    final VfioFactoryComponent factory = new VfioFactoryComponent(vfio);
    final VfioPciHandler handler = new VfioPciHandler(vfio);
    private final Path directory;

    private Generation(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException {
        this.directory = directory;
        core = LiveUpdateFactory.find().create(directory, properties);
        factory.pci = pci;
        handler.pci = pci;
        handler.iommu = iommu;
        liveUpdate().registerHandler(VfioLayout.COMPATIBLE, handler);
        liveUpdate().registerFlb(handler, PreservedDevices.COMPATIBLE, new FakePciFlb(calls));
    }

    static Generation first(Path directory, ModelDevice... devices) throws IOException, LiveUpdateException {
        Generation generation = new Generation(directory, Map.of());
        generation.plug(devices);
        return generation;
    }

    private void plug(ModelDevice... devices) throws LiveUpdateException {
        for (ModelDevice device : devices) {
            pci.devices.put(device.device.address(), device.device);
            driver.probe(device.device);
        }
    }

    /** A live update: the next generation, in charge, with these devices bound; this one is fenced. */
    Generation next(ModelDevice... devices) throws IOException, LiveUpdateException {
        long number = core.handover().commit(System.nanoTime());
        Generation next = new Generation(directory, Map.of("liveupdate.role", "successor"));
        next.pci.incoming.addAll(pci.outgoing);
        next.core.handover().claim(number);
        next.core.handover().confirm();
        core.handover().fence();
        core.close();
        next.plug(devices);
        return next;
    }

    LiveUpdate liveUpdate() {
        return core.agent("org.liveupdate.providers.vfio").liveUpdate();
    }

    /** Opens and attaches a device. */
    VfioDevice attached(PciAddress address) throws LiveUpdateException {
        VfioDevice device = factory.open(address);
        device.attach(iommu.table());
        return device;
    }

    Session session(Object... files) throws LiveUpdateException {
        Session session = liveUpdate().createSession("s");
        for (int token = 0; token < files.length; token++) {
            session.preserve(token, files[token]);
        }
        return session;
    }

    /** Pages in use, whoever has them. */
    long pages() {
        return core.runtime().getRuntimeDTO().memory.usedPages;
    }

    @Override
    public void close() throws IOException {
        vfio.stop();
        core.close();
    }
}
