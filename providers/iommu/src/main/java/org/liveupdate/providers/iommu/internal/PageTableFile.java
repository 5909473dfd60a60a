package org.liveupdate.providers.iommu.internal;

import java.util.List;
import java.util.OptionalLong;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.pci.PciAddress;

/** A hardware page table of an iommufd. Guarded by the lock of {@link Iommu}. */
final class PageTableFile implements HardwarePageTable {

    private final IommufdFile file;
    private final AddressSpace space;
    private final int id;
    private final Domain domain;
    /** Whether it came with a live update. */
    private final boolean came;
    /** Whether its user has taken it over since. */
    private boolean reclaimed;
    private OptionalLong token = OptionalLong.empty();
    private boolean destroyed;

    PageTableFile(IommufdFile file, AddressSpace space, int id, Domain domain, boolean came) {
        this.file = file;
        this.space = space;
        this.id = id;
        this.domain = domain;
        this.came = came;
        this.reclaimed = !came;
        domain.owner = this;
    }

    IommufdFile file() {
        return file;
    }

    Domain domain() {
        return domain;
    }

    boolean came() {
        return came;
    }

    boolean isReclaimed() {
        synchronized (file.iommu()) {
            return reclaimed;
        }
    }

    void reclaim() {
        synchronized (file.iommu()) {
            reclaimed = true;
        }
    }

    boolean isDestroyed() {
        synchronized (file.iommu()) {
            return destroyed;
        }
    }

    boolean hasToken(long value) {
        return token.isPresent() && token.getAsLong() == value;
    }

    /** As it was marked before. */
    void mark(long value) {
        token = OptionalLong.of(value);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public AddressSpace addressSpace() {
        return space;
    }

    @Override
    public void preserve(long value) throws LiveUpdateException {
        synchronized (file.iommu()) {
            checkUsable();
            if (hasToken(value)) {
                return;
            }
            if (file.tables().stream().anyMatch(other -> other.hasToken(value))) {
                throw new LiveUpdateException(Errno.EADDRINUSE, "another page table of " + file + " has token "
                        + Long.toUnsignedString(value));
            }
            if (token.isPresent()) {
                throw new LiveUpdateException(Errno.EBUSY,
                        this + " has token " + Long.toUnsignedString(token.getAsLong()) + " already");
            }
            token = OptionalLong.of(value);
        }
    }

    @Override
    public OptionalLong token() {
        synchronized (file.iommu()) {
            return token;
        }
    }

    @Override
    public void attach(PciAddress device) throws LiveUpdateException {
        file.iommu().ready(device);
        KhoErrors.translated(() -> {
            synchronized (file.iommu()) {
                checkUsable();
                file.iommu().attach(device, domain);
                return null;
            }
        });
    }

    @Override
    public void detach(PciAddress device) throws LiveUpdateException {
        KhoErrors.translated(() -> {
            synchronized (file.iommu()) {
                checkUsable();
                file.iommu().detach(device, domain);
                return null;
            }
        });
    }

    @Override
    public List<PciAddress> devices() {
        return file.iommu().devices(domain);
    }

    @Override
    public void destroy() throws LiveUpdateException {
        synchronized (file.iommu()) {
            if (destroyed) {
                return;
            }
            checkUsable();
            if (domain.state != null || !devices().isEmpty()) {
                throw new LiveUpdateException(Errno.EBUSY,
                        this + (domain.state != null ? " is preserved" : " has the devices " + devices()));
            }
            destroyed = true;
            file.removeTable(this);
        }
        file.iommu().discard(new Discarded(List.of(domain), List.of()));
    }

    private void checkUsable() throws LiveUpdateException {
        file.keeping().checkChangeable();
        if (destroyed) {
            throw new LiveUpdateException(Errno.ENOENT, this + " was destroyed");
        }
        if (!reclaimed) {
            throw new LiveUpdateException(Errno.EBUSY,
                    this + " came with a live update: restore it by its token first");
        }
    }

    @Override
    public String toString() {
        return "page table " + id + " of " + file;
    }
}
