package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Agent;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.memfd.internal.MemfdFactoryComponent;
import org.liveupdate.providers.memfd.internal.MemfdHandler;

/** A core with the providers of memfds and of the IOMMU, and a driver. */
final class Generation implements AutoCloseable {

    static final String MEMFD = "memfd-v2";
    static final PciAddress DEVICE = PciAddress.parse("0000:01:00.0");
    static final PciAddress OTHER = PciAddress.parse("0000:02:00.0");

    private static final String BUNDLE = "org.liveupdate.providers.iommu";
    private static final Set<Seal> SEALED = EnumSet.of(Seal.SEAL, Seal.SHRINK, Seal.GROW);

    private final Path directory;
    private final Path machine;
    private final Instance instance;
    final MemfdFactory memfds;
    final Driver driver;
    /** The version of the bundle that serves at the moment. */
    Iommu iommu;
    IommufdFactoryComponent factory;
    IommuCoreComponent core;
    FatalLog fatal;

    private Generation(Path directory, Path machine, Map<String, String> properties, Takeover takeover)
            throws IOException, LiveUpdateException {
        this.directory = directory;
        this.machine = machine;
        instance = LiveUpdateFactory.find().create(directory, properties);
        takeover.by(instance.handover());
        Agent memfd = instance.agent("org.liveupdate.providers.memfd");
        memfd.liveUpdate().registerHandler(MEMFD, new MemfdHandler());
        memfds = new MemfdFactoryComponent(memfd.pool());
        driver = new Driver(() -> core);
        instance.agent("driver").liveUpdate().registerHandler(Driver.COMPATIBLE, driver);
        start();
    }

    /** How a successor gets in charge. */
    @FunctionalInterface
    private interface Takeover {
        void by(Handover handover) throws LiveUpdateException;
    }

    /** Without an image: the first one. With one: what follows. */
    static Generation start(Path directory, Path machine) throws IOException, LiveUpdateException {
        return new Generation(directory, machine, Map.of(), handover -> {});
    }

    /** The one that takes over an image. */
    static Generation successor(Path directory, Path machine, long image) throws IOException, LiveUpdateException {
        return new Generation(directory, machine, Map.of("liveupdate.role", "successor"), handover -> {
            handover.claim(image);
            handover.confirm();
        });
    }

    /** The next generation, in the same JVM; this one has ended. */
    Generation next() throws IOException, LiveUpdateException {
        long image = commit();
        Generation next = successor(directory, machine, image);
        fence();
        return next;
    }

    /** Leaves everything to a successor. */
    long commit() throws LiveUpdateException {
        return instance.handover().commit(System.nanoTime());
    }

    /** Out of charge for good: the JVM of this generation would end now. */
    void fence() throws IOException {
        instance.handover().fence();
        instance.close();
    }

    /** The live update does not happen. */
    void takeBack() throws LiveUpdateException {
        instance.handover().takeBack();
        instance.handover().resume();
    }

    /** The bundle starts. */
    private void start() throws LiveUpdateException {
        Agent agent = instance.agent(BUNDLE);
        fatal = new FatalLog(BUNDLE);
        iommu = new Iommu(machine, fatal);
        core = new IommuCoreComponent(iommu);
        IommufdHandler handler = new IommufdHandler(iommu);
        agent.liveUpdate().registerHandler(IommufdLayout.COMPATIBLE, handler);
        agent.liveUpdate().registerFlb(handler, IommuFlb.KEY.compatible(), new IommuFlb(iommu));
        factory = new IommufdFactoryComponent(iommu, agent.pool(), agent.liveUpdate(), instance.runtime());
    }

    /** The bundle stops, and another version of it starts. */
    void swap() throws LiveUpdateException {
        Agent agent = instance.agent(BUNDLE);
        agent.leave();
        factory.stop();
        agent.going(false);
        start();
    }

    LiveUpdate workload() {
        return instance.agent("workload").liveUpdate();
    }

    Iommufd open() {
        return factory.open("test");
    }

    /** A memfd with so many bytes, each the number of its page, sealed. */
    Memfd memfd(int pages) throws IOException {
        Memfd file = memfds.create("memory");
        for (int page = 0; page < pages; page++) {
            byte[] bytes = new byte[4096];
            Arrays.fill(bytes, (byte) page);
            file.write(ByteBuffer.wrap(bytes));
        }
        file.addSeals(SEALED);
        return file;
    }

    /** Pages in use, whoever has them. */
    long pages() {
        return instance.runtime().getRuntimeDTO().memory.usedPages;
    }

    Path memory() {
        return Path.of(instance.runtime().getRuntimeDTO().memory.file);
    }

    /** Stops the bundle, and checks that nothing is left. */
    void requireNothingLeft() {
        instance.agent(BUNDLE).leave();
        factory.stop();
        assertEquals(0, pages(), "pages in use after everything was closed");
        assertEquals(List.of(), fatal.list());
    }

    @Override
    public void close() throws IOException {
        instance.close();
    }
}
