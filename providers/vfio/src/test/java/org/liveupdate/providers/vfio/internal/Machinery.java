package org.liveupdate.providers.vfio.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Agent;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.providers.api.fatal.FatalConditions;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDriver;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.providers.api.vfio.VfioFactory;
import org.liveupdate.providers.iommu.internal.IommuCoreComponent;
import org.liveupdate.providers.iommu.internal.IommuFlb;
import org.liveupdate.providers.iommu.internal.IommufdFactoryComponent;
import org.liveupdate.providers.iommu.internal.IommufdHandler;
import org.liveupdate.providers.memfd.internal.MemfdFactoryComponent;
import org.liveupdate.providers.memfd.internal.MemfdHandler;
import org.liveupdate.providers.pci.internal.PciConfiguration;
import org.liveupdate.providers.pci.internal.PciCoreComponent;
import org.liveupdate.providers.pci.internal.PciFlb;

/** One generation of a machine with all providers that a device needs: the real ones. */
final class Machinery implements AutoCloseable {

    private static final String MEMFD = "org.liveupdate.providers.memfd";
    private static final String IOMMU = "org.liveupdate.providers.iommu";
    private static final String PCI = "org.liveupdate.providers.pci";
    private static final String VFIO = "org.liveupdate.providers.vfio";

    final Instance core;
    final MemfdFactory memfds;
    final IommufdFactoryComponent iommufds;
    final VfioFactory vfio;
    private final Path directory;
    private final Path machine;
    private final List<Started> bundles;

    private Machinery(Path directory, Path machine, Instance core, PciAddress... devices) throws Exception {
        this.directory = directory;
        this.machine = machine;
        this.core = core;
        memfds = memfd(core.agent(MEMFD));
        Started iommu = new Started(IOMMU, Map.of("liveupdate.iommu.machine", machine.toString()));
        new org.liveupdate.providers.iommu.internal.Activator().start(iommu.context());
        Started pci =
                new Started(PCI, Map.of("liveupdate.pci.sysfs", machine.resolve(MachineLayout.DEVICES).toString()));
        new org.liveupdate.providers.pci.internal.Activator().start(pci.context());
        bundles = List.of(iommu, pci);
        iommufds = iommu(core.agent(IOMMU), iommu);
        PciCoreComponent pciCore = pci(core.agent(PCI), pci);
        vfio = vfio(core.agent(VFIO), pciCore, new IommuCoreComponent(iommu.context(), core.agent(IOMMU).pool()), pci);
        for (PciAddress device : devices) {
            pciCore.overrideDriver(device, VfioFactory.DRIVER);
            pciCore.bind(device, VfioFactory.DRIVER);
        }
    }

    private static MemfdFactory memfd(Agent agent) throws Exception {
        agent.liveUpdate().registerHandler("memfd-v2", new MemfdHandler());
        return new MemfdFactoryComponent(agent.pool());
    }

    private IommufdFactoryComponent iommu(Agent agent, Started bundle) throws Exception {
        IommufdHandler handler = new IommufdHandler(bundle.context());
        agent.liveUpdate().registerHandler("iommufd-v1", handler);
        agent.liveUpdate().registerFlb(handler, PreservedIommu.COMPATIBLE, new IommuFlb(bundle.context()));
        return new IommufdFactoryComponent(bundle.context(), agent.pool(), agent.liveUpdate(), core.runtime());
    }

    private static PciCoreComponent pci(Agent agent, Started bundle) throws Exception {
        PciConfiguration defaults = (PciConfiguration) Proxy.newProxyInstance(PciConfiguration.class.getClassLoader(),
                new Class<?>[]{PciConfiguration.class}, (proxy, method, arguments) -> method.getDefaultValue());
        PciCoreComponent component = new PciCoreComponent(bundle.context(), defaults);
        Started.reference(component, "liveUpdate", agent.liveUpdate());
        return component;
    }

    private static VfioFactory vfio(Agent agent, PciCoreComponent pci, IommuCoreComponent iommu, Started pciBundle)
            throws Exception {
        Vfio shared = new Vfio();
        Started.bind(pci, "addDriver", PciDriver.class, new VfioPciDriver(shared));
        VfioPciHandler handler = new VfioPciHandler(shared);
        handler.pci = pci;
        handler.iommu = iommu;
        agent.liveUpdate().registerHandler(VfioLayout.COMPATIBLE, handler);
        agent.liveUpdate().registerFlb(handler, PreservedDevices.COMPATIBLE, new PciFlb(pciBundle.context()));
        VfioFactoryComponent factory = new VfioFactoryComponent(shared);
        factory.pci = pci;
        return factory;
    }

    /** The first generation; these devices are bound. */
    static Machinery first(Path directory, Path machine, PciAddress... devices) throws Exception {
        return new Machinery(directory, machine, LiveUpdateFactory.find().create(directory, Map.of()), devices);
    }

    /** A live update: the next generation, in charge, with these devices bound; this one is fenced. */
    Machinery next(PciAddress... devices) throws Exception {
        long number = core.handover().commit(System.nanoTime());
        Instance successor = LiveUpdateFactory.find().create(directory, Map.of("liveupdate.role", "successor"));
        successor.handover().claim(number);
        successor.handover().confirm();
        core.handover().fence();
        core.close();
        return new Machinery(directory, machine, successor, devices);
    }

    LiveUpdate workload() {
        return core.agent("workload").liveUpdate();
    }

    /** The IOMMU's provider stops: its own tables are freed. */
    void stopIommu() {
        core.agent(IOMMU).leave();
        iommufds.stop();
    }

    /** Pages in use, whoever has them. */
    long pages() {
        return core.runtime().getRuntimeDTO().memory.usedPages;
    }

    /** How many fatal conditions there are. */
    long fatalConditions() {
        return bundles.stream().flatMap(bundle -> bundle.service(FatalConditions.class).list().stream()).count();
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
