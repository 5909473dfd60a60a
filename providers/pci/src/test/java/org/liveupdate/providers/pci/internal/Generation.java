package org.liveupdate.providers.pci.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;

/** One generation: a core, the provider's components, and a driver of NICs with its file handler. */
final class Generation implements AutoCloseable {

    final LiveUpdateFactory.Instance core;
    final Pci pci = new Pci();
    final PciFlb flb = new PciFlb(pci);
    final PciCoreComponent devices;
    /** What is registered as a service and DS has not bound yet, or null. */
    LiveUpdate registered;
    final NicHandler handler;
    final NicDriver nics = new NicDriver("nic", 0x020000);
    final NicDriver disks = new NicDriver("disk", 0x010802);
    private final Path directory;
    private final Path tree;

    private Generation(Path directory, Path tree, Map<String, String> properties)
            throws IOException, LiveUpdateException {
        this.directory = directory;
        this.tree = tree;
        core = LiveUpdateFactory.find().create(directory, properties);
        devices = new PciCoreComponent(new SysfsTree(tree), new Overrides(), pci, () -> registered);
        devices.liveUpdate = liveUpdate();
        devices.addDriver(nics);
        devices.addDriver(disks);
        handler = new NicHandler(devices);
        liveUpdate().registerHandler(NicHandler.COMPATIBLE, handler);
        liveUpdate().registerFlb(handler, PreservedDevices.COMPATIBLE, flb);
    }

    static Generation first(Path directory, Path tree) throws IOException, LiveUpdateException {
        return new Generation(directory, tree, Map.of());
    }

    /** A live update: the next generation, in charge; this one is fenced. */
    Generation next() throws IOException, LiveUpdateException {
        Generation next = successor(directory, tree, core.handover().commit(System.nanoTime()));
        core.handover().fence();
        core.close();
        return next;
    }

    /** The generation that takes over the image with this number. */
    static Generation successor(Path directory, Path tree, long number) throws IOException, LiveUpdateException {
        Generation successor = new Generation(directory, tree, Map.of("liveupdate.role", "successor"));
        successor.core.handover().claim(number);
        successor.core.handover().confirm();
        return successor;
    }

    LiveUpdate liveUpdate() {
        return core.agent(Pci.BUNDLE).liveUpdate();
    }

    /** A new session with these devices, each under its bus, device and function as the token. */
    Session preserve(String name, PciAddress... addresses) throws LiveUpdateException {
        Session session = liveUpdate().createSession(name);
        for (PciAddress address : addresses) {
            session.preserve(address.bdf(), address);
        }
        return session;
    }

    /** Pages in use, whoever has them. */
    long pages() {
        return core.runtime().getRuntimeDTO().memory.usedPages;
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
