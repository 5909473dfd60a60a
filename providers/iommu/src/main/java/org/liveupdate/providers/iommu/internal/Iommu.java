package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.PreservedDevice;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * What all components of this bundle share: the IOMMU, and which device is attached to what. Its monitor guards all of it,
 * the tables and iommufds included; no foreign code is called with it held.
 */
final class Iommu {

    private final FatalLog fatal;
    private final TablePages pages = new TablePages();
    /** Null for none. */
    private final Unit unit;
    /** Why there is none. */
    private final String obstacle;
    private final Attachments attachments = new Attachments();
    private final DomainNumbers numbers = new DomainNumbers();
    private final Transfers transfers;
    /** What nobody needs any more, but could not be freed yet because memory was frozen. */
    private final List<Discarded> unfreed = new ArrayList<>();
    /** Iommufds that somebody keeps. */
    private final Set<IommufdFile> files = new HashSet<>();
    /** Null before this generation is in charge, as the next one. */
    private Predecessor predecessor;
    private Path memory;

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
        transfers = new Transfers(this, unit, attachments, numbers);
    }

    FatalLog fatal() {
        return fatal;
    }

    TablePages pages() {
        return pages;
    }

    /** For the FLB. */
    Transfers transfers() {
        return transfers;
    }

    /**
     * This generation is in charge. Translation that a previous one left on, and did not preserve, ends.
     *
     * @param memoryFile what says where handover memory is; not asked if there is no IOMMU
     */
    void start(Pool pool, LiveUpdate service, Supplier<Path> memoryFile) {
        pages.pool(pool);
        Predecessor before = new Predecessor(service);
        Path file = unit == null ? null : memoryFile.get();
        synchronized (this) {
            predecessor = before;
            memory = file;
            if (unit == null) {
                return;
            }
            unit.generation(service.number());
            if (unit.isOurs()) {
                return;
            }
        }
        try {
            if (!before.hasLeft()) {
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
        List<IommufdFile> left;
        synchronized (this) {
            left = List.copyOf(files);
        }
        left.forEach(IommufdFile::leave);
        settle();
        switchOffUnpreserved();
    }

    /** Somebody keeps an iommufd from now on. */
    synchronized void opened(IommufdFile file) {
        files.add(file);
    }

    /** Nobody keeps it any more, or another provider serves it. */
    synchronized void closed(IommufdFile file) {
        files.remove(file);
    }

    private synchronized void switchOffUnpreserved() {
        try {
            if (unit != null && unit.root() != null) {
                transfers.cutOff(transfers.unheld());
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
        numbers.take(domain);
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
        transfers.cutOff(attachments.of(domain));
        domain.table().tables().free();
        numbers.giveBack(domain);
    }

    /** The devices that are attached to a domain, by address; a copy. */
    synchronized List<PciAddress> devices(Domain domain) {
        return attachments.of(domain);
    }

    /** Whether a domain has devices that no driver has claimed since the live update. */
    synchronized boolean hasUnclaimed(Domain domain) {
        return attachments.hasUnclaimed(domain);
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
        if (transfers.isSuspended()) {
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
        return attachments.unclaimed();
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
        predecessor().hasPreserved();
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
        predecessor().hasLeft();
    }

    private synchronized Predecessor predecessor() {
        return predecessor;
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

    private RootTable root() throws LiveUpdateException {
        if (unit == null || unit.root() == null) {
            throw new LiveUpdateException(Errno.ENODEV, "the IOMMU is being handed to another version of its driver");
        }
        return unit.root();
    }
}
