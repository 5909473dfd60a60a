package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * What all components of this bundle share: the IOMMU, and which device is attached to what. Its monitor guards all of it,
 * the tables and iommufds included; no foreign code is called with it held.
 */
final class Iommu {

    private static final Set<Errno> NOTHING_LEFT = Set.of(Errno.ENODATA, Errno.ENOENT, Errno.EOPNOTSUPP);

    private final FatalLog fatal;
    private final TablePages pages = new TablePages();
    /** Null for none. */
    private final Unit unit;
    /** Why there is none. */
    private final String obstacle;
    private final SortedMap<PciAddress, Attachment> attachments = new TreeMap<>();
    /** The numbers of domains that are in use; 0 always is. */
    private final BitSet numbers = new BitSet();
    /** What nobody needs any more, but could not be freed yet because memory was frozen. */
    private final List<Discarded> unfreed = new ArrayList<>();
    /** Null before this generation is in charge, as the next one. */
    private LiveUpdate liveUpdate;
    private Path memory;
    /** Whether devices that are not preserved are cut off, because a live update is coming. */
    private boolean suspended;

    /**
     * Nothing attached yet.
     *
     * @param machine the machine's directory, or null for none
     */
    Iommu(Path machine, FatalLog fatal) {
        this.fatal = fatal;
        Unit found = null;
        String refusal = "none is configured: set " + Settings.MACHINE;
        if (machine != null) {
            try {
                found = Unit.open(machine, pages);
            } catch (IOException e) {
                refusal = e.toString();
            }
        }
        unit = found;
        obstacle = refusal;
        numbers.set(0);
    }

    FatalLog fatal() {
        return fatal;
    }

    TablePages pages() {
        return pages;
    }

    /** This generation is in charge. Translation that a previous one left on, and did not preserve, ends. */
    void start(Pool pool, LiveUpdate service, Path memoryFile) {
        pages.pool(pool);
        synchronized (this) {
            liveUpdate = service;
            memory = memoryFile;
            if (unit == null || unit.isOurs()) {
                return;
            }
        }
        try {
            if (!isLeft(() -> service.getIncoming(IommuFlb.KEY))) {
                synchronized (this) {
                    unit.switchOff();
                }
            }
        } catch (LiveUpdateException e) {
            // not readable yet, or never: whoever wants to use the IOMMU is told, and translation stays as it is
            return;
        }
    }

    /** The bundle stops: what is not preserved ends. */
    void stop() {
        settle();
        switchOffUnpreserved();
    }

    private synchronized void switchOffUnpreserved() {
        try {
            if (unit != null && unit.root() != null) {
                detachUnpreserved();
                if (unit.root().tables().scope() == null) {
                    unit.switchOff();
                    unit.root().tables().free();
                }
            }
        } catch (KhoException | LiveUpdateException e) {
            // the memory is frozen or the successor's: so are the translations
            return;
        }
    }

    /**
     * A new domain, without devices.
     *
     * @throws KhoException if there is no memory
     */
    synchronized Domain newDomain() {
        Domain domain = new Domain(PageTable.create(pages));
        number(domain);
        return domain;
    }

    /** Nobody needs something any more: it goes now, or as soon as that is possible. Not with the lock held. */
    void discard(Discarded discarded) {
        synchronized (this) {
            unfreed.add(discarded);
        }
        settle();
    }

    /** Frees what could not be freed before. Not with the lock held: files are told. */
    void settle() {
        List<Pin> pins = new ArrayList<>();
        synchronized (this) {
            try {
                while (!unfreed.isEmpty()) {
                    for (Domain domain : unfreed.get(0).domains()) {
                        free(domain);
                    }
                    pins.addAll(unfreed.remove(0).pins());
                }
            } catch (KhoException | LiveUpdateException e) {
                // frozen, or a device hangs: tried again with the next change
            }
        }
        pins.forEach(Pin::close);
    }

    /** Frees a domain; doing it again does nothing. */
    synchronized void free(Domain domain) throws LiveUpdateException {
        for (PciAddress device : devices(domain)) {
            unit.root().detach(device.bdf());
            unit.awaitEndOfAccess(device.bdf());
            attachments.remove(device);
        }
        domain.table().tables().free();
        numbers.clear(domain.number);
        domain.number = 0;
        numbers.set(0);
    }

    private void number(Domain domain) {
        domain.number = numbers.nextClearBit(1);
        numbers.set(domain.number);
    }

    /** The devices that are attached to a domain, by address; a copy. */
    synchronized List<PciAddress> devices(Domain domain) {
        return attachments.entrySet().stream().filter(entry -> entry.getValue().domain == domain)
                .map(Map.Entry::getKey).toList();
    }

    /** Whether a domain has devices that no driver has claimed since the live update. */
    synchronized boolean hasUnclaimed(Domain domain) {
        return attachments.values().stream().anyMatch(each -> each.domain == domain && each.isUnclaimed());
    }

    /** The page table that a device is attached to; null if there is none that anybody has retrieved. */
    synchronized PageTableFile table(PciAddress device) {
        Attachment attachment = attachments.get(device);
        return attachment == null ? null : attachment.domain.owner;
    }

    /** Whether a device's attachment is preserved for the next generation. */
    synchronized boolean isPreserved(PciAddress device) {
        Attachment attachment = attachments.get(device);
        return attachment != null && attachment.outgoing != null;
    }

    /** The domain with a slot at that address in preserved state; null if there is none. */
    synchronized Domain domain(PreservedState state, long slot) {
        return state.domain(slot);
    }

    /** Attaches or claims a device; {@link #ready} has been called. */
    synchronized void attach(PciAddress device, Domain domain) throws LiveUpdateException {
        if (suspended) {
            throw new LiveUpdateException(Errno.EBUSY, "device " + device + ": a live update is under way");
        }
        Attachment attachment = attachments.get(device);
        if (attachment != null && attachment.domain == domain) {
            attachment.claim();
            return;
        }
        if (attachment != null && attachment.outgoing != null) {
            throw new LiveUpdateException(Errno.EBUSY, "device " + device + " is preserved with another page table");
        }
        root().attach(device.bdf(), domain.table().top(), domain.number);
        if (attachment == null) {
            attachments.put(device, new Attachment(domain));
            return;
        }
        attachment.claim();
        attachment.domain = domain;
        unit.awaitEndOfAccess(device.bdf());
    }

    /** Detaches a device from a domain. */
    synchronized void detach(PciAddress device, Domain domain) throws LiveUpdateException {
        Attachment attachment = attachments.get(device);
        if (attachment == null || attachment.domain != domain) {
            throw new LiveUpdateException(Errno.ENOENT, "device " + device + " is not attached to this page table");
        }
        if (attachment.outgoing != null) {
            throw new LiveUpdateException(Errno.EBUSY, "device " + device + " is preserved");
        }
        root().detach(device.bdf());
        attachment.claim();
        attachments.remove(device);
        unit.awaitEndOfAccess(device.bdf());
    }

    /** Waits until no access through a domain is under way that may have seen what was there before. */
    synchronized void invalidate(Domain domain) throws LiveUpdateException {
        for (PciAddress device : devices(domain)) {
            unit.awaitEndOfAccess(device.bdf());
        }
    }

    /** Takes a domain into preserved state. */
    synchronized void preserve(Domain domain, PreservedState state) throws LiveUpdateException {
        if (domain.state != null) {
            throw new LiveUpdateException(Errno.EBUSY, "the page table is preserved already");
        }
        state.add(domain);
    }

    /** A domain is not preserved any more, or the handover of it is over. */
    synchronized void release(Domain domain) {
        for (PciAddress device : devices(domain)) {
            Attachment attachment = attachments.get(device);
            attachment.incoming = null;
            attachment.outgoing = null;
        }
        domain.state.remove(domain, unit == null ? null : unit.root());
    }

    /** Takes a device into the state that its domain is preserved in. */
    synchronized void preserve(PciAddress device, PreservedState state) throws LiveUpdateException {
        Attachment attachment = attachments.get(device);
        if (attachment == null || attachment.domain.state != state || attachment.outgoing != null) {
            throw new LiveUpdateException(Errno.EINVAL, "device " + device + (attachment != null
                    && attachment.outgoing != null ? " is preserved already" : ": its page table is not preserved"));
        }
        attachment.outgoing = state.addDevice(device, attachment.domain, root());
    }

    /** A device is not preserved any more; nothing happens if it was not. */
    synchronized void unpreserve(PciAddress device) {
        Attachment attachment = attachments.get(device);
        if (attachment != null && attachment.outgoing != null) {
            Region slot = attachment.outgoing;
            attachment.outgoing = null;
            attachment.domain.state.removeDevice(slot, unit.root());
        }
    }

    /** The devices that no driver has claimed since the live update. */
    synchronized List<PreservedDevice> unclaimed() {
        return attachments.entrySet().stream().filter(entry -> entry.getValue().isUnclaimed())
                .map(entry -> new PreservedDevice(entry.getKey(), PreservedState.TOKEN)).toList();
    }

    /** Where an access ends; {@link #ready} has been called. */
    synchronized Translation translate(PciAddress device, long iova, boolean write) {
        return unit.translate(device, iova, write);
    }

    synchronized long faults() {
        return unit == null ? 0 : unit.faults();
    }

    /**
     * Makes sure that what the previous generation or owner left is known, before the IOMMU is used. Asks the core, so not
     * to be called with the lock held, nor from a callback of the FLB.
     *
     * @throws LiveUpdateException {@code ENODEV} without an IOMMU in front of the device; or why it is not known
     */
    void ready(PciAddress device) throws LiveUpdateException {
        synchronized (this) {
            requireUnit(device);
            if (unit.root() != null) {
                return;
            }
        }
        askForIncoming();
        LiveUpdate core = core();
        isLeft(() -> core.getOutgoing(IommuFlb.KEY));
        synchronized (this) {
            if (unit.root() == null) {
                unit.create(memory);
            }
        }
    }

    /**
     * Has what the previous generation left read, if that was not done. Not with the lock held.
     *
     * @throws LiveUpdateException if it cannot be read
     */
    void askForIncoming() throws LiveUpdateException {
        LiveUpdate core = core();
        isLeft(() -> core.getIncoming(IommuFlb.KEY));
    }

    private synchronized LiveUpdate core() {
        return liveUpdate;
    }

    private void requireUnit(PciAddress device) throws LiveUpdateException {
        if (unit == null || !Unit.isInFrontOf(device)) {
            throw new LiveUpdateException(Errno.ENODEV,
                    "no IOMMU is in front of device " + device + (unit == null ? ": " + obstacle : ""));
        }
    }

    /** Whether there is an IOMMU in front of a device. */
    boolean isTranslated(PciAddress device) {
        return unit != null && Unit.isInFrontOf(device);
    }

    @FunctionalInterface
    private interface Question {
        FlbHandle<PreservedIommu> ask() throws LiveUpdateException;
    }

    /** Asking makes the FLB retrieve what there is. */
    private static boolean isLeft(Question question) throws LiveUpdateException {
        try (FlbHandle<PreservedIommu> handle = question.ask()) {
            return handle != null;
        } catch (LiveUpdateException e) {
            if (NOTHING_LEFT.contains(e.errno())) {
                return false;
            }
            throw e;
        }
    }

    private RootTable root() throws LiveUpdateException {
        if (unit == null || unit.root() == null) {
            throw new LiveUpdateException(Errno.ENODEV, "the IOMMU is being handed to another version of its driver");
        }
        return unit.root();
    }

    /**
     * Goes on with what was read, if all of it fits together; else nothing has changed.
     *
     * @param handover whether it came with a live update, rather than from another owner
     */
    synchronized void adopt(PreservedState state, StateReader reader, boolean handover) throws UntrustedException {
        RootTable root = findRoot(state, reader, handover);
        SortedMap<PciAddress, Region> attached = new TreeMap<>();
        for (Region slot : state.liveDevices()) {
            Domain domain = state.domain(DeviceLayout.domain(slot));
            PciAddress device = DeviceLayout.device(slot);
            if (root != null && root.pageTable(device.bdf()) == domain.table().top()) {
                domain.number = root.domain(device.bdf());
                attached.put(device, slot);
            } else if (handover || !state.isIncoming() || ObjectLayout.isIncoming(slot)) {
                throw new UntrustedException(device.toString(),
                        "it is not attached to the page table that is preserved");
            }
        }
        if (root != null) {
            unit.adopt(root);
        }
        attached.forEach((device, slot) -> adopt(device, slot, state, handover));
        state.entered().forEach(this::reclaimNumber);
    }

    private void adopt(PciAddress device, Region slot, PreservedState state, boolean handover) {
        Domain domain = state.domain(DeviceLayout.domain(slot));
        Attachment attachment = attachments.computeIfAbsent(device, key -> new Attachment(domain));
        if (!state.isIncoming()) {
            attachment.outgoing = slot;
            return;
        }
        attachment.incoming = slot;
        if (handover) {
            ObjectLayout.incoming(slot, true);
        }
    }

    /** Null if there is none in this state: nothing is attached, or the other side has it. */
    private RootTable findRoot(PreservedState state, StateReader reader, boolean handover) throws UntrustedException {
        if (state.liveHardware().isEmpty()) {
            return null;
        }
        if (unit == null) {
            throw new UntrustedException("IOMMU " + PreservedState.TOKEN, "it is not there: " + obstacle);
        }
        long address = unit.rootAddress();
        boolean here = state.scope().blocks().stream().anyMatch(block -> block.address() == address);
        return here || handover ? reader.root(address) : unit.root();
    }

    private void reclaimNumber(Domain domain) {
        if (domain.number == 0) {
            number(domain);
        }
        numbers.set(domain.number);
    }

    /** Another owner gets the state of one side, and what is preserved in it. */
    synchronized void leave(PreservedState state) throws LiveUpdateException {
        boolean hasRoot = unit != null && unit.root() != null && unit.root().tables().scope() == state.scope();
        if (hasRoot) {
            detachUnpreserved();
        }
        attachments.values().removeIf(attachment -> attachment.domain.state == state);
        if (state.isIncoming()) {
            attachments.values().forEach(attachment -> attachment.incoming = null);
        }
        if (hasRoot) {
            unit.leave();
        }
    }

    /** A live update is coming: who is not preserved must not go on. */
    synchronized void suspend(PreservedState state) throws LiveUpdateException {
        suspended = true;
        if (unit == null || unit.root() == null) {
            return;
        }
        if (unit.root().tables().scope() == state.scope()) {
            for (Map.Entry<PciAddress, Attachment> entry : attachments.entrySet()) {
                if (entry.getValue().outgoing == null) {
                    unit.root().detach(entry.getKey().bdf());
                    unit.awaitEndOfAccess(entry.getKey().bdf());
                }
            }
        } else {
            unit.switchOff();
        }
    }

    /** It did not come. */
    synchronized void resume() {
        suspended = false;
        if (unit == null || unit.root() == null) {
            return;
        }
        attachments.forEach((device, attachment) -> {
            if (attachment.outgoing == null) {
                unit.root().attach(device.bdf(), attachment.domain.table().top(), attachment.domain.number);
            }
        });
        unit.switchOn();
    }

    private void detachUnpreserved() throws LiveUpdateException {
        for (PciAddress device : List.copyOf(attachments.keySet())) {
            Attachment attachment = attachments.get(device);
            if (attachment.domain.state == null) {
                unit.root().detach(device.bdf());
                attachments.remove(device);
                unit.awaitEndOfAccess(device.bdf());
            }
        }
    }
}
