package org.liveupdate.providers.iommu.internal;

import java.util.List;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memory.Pin;

/** An iommufd: what its user sees of it, and what the handler does with it. Guarded by the lock of {@link Iommu}. */
final class IommufdFile implements Iommufd {

    private final Iommu iommu;
    private final String name;
    private final Keeping keeping;
    /** Whether it came with a live update. */
    private final boolean restored;
    private final TreeMap<Integer, AddressSpace> spaces = new TreeMap<>();
    private final TreeMap<Integer, PageTableFile> tables = new TreeMap<>();
    /** Numbers that were used, for spaces and tables. */
    private int lastId;

    private IommufdFile(Iommu iommu, String name, boolean open, boolean restored) {
        this.iommu = iommu;
        this.name = name;
        this.keeping = new Keeping(name, open);
        this.restored = restored;
    }

    /** A new one. */
    static IommufdFile open(Iommu iommu, String name) {
        IommufdFile file = new IommufdFile(iommu, name, true, false);
        iommu.opened(file);
        return file;
    }

    /**
     * One that was preserved.
     *
     * @param open whether its user has not closed it
     * @param restored whether it came with a live update
     */
    static IommufdFile retrieved(Iommu iommu, String name, boolean open, boolean restored) {
        IommufdFile file = new IommufdFile(iommu, name, open, restored);
        file.keeping.preserved(true);
        return file;
    }

    Iommu iommu() {
        return iommu;
    }

    Keeping keeping() {
        return keeping;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public IoAddressSpace allocateAddressSpace() throws LiveUpdateException {
        synchronized (iommu) {
            keeping.checkChangeable();
            return addSpace(nextId());
        }
    }

    @Override
    public List<IoAddressSpace> addressSpaces() {
        return List.copyOf(spaces());
    }

    @Override
    public List<HardwarePageTable> pageTables() {
        return List.copyOf(tables());
    }

    @Override
    public HardwarePageTable restore(long token) throws LiveUpdateException {
        synchronized (iommu) {
            keeping.checkChangeable();
            if (!restored) {
                throw new LiveUpdateException(Errno.ENOTTY, "iommufd \"" + name + "\" did not come with a live update");
            }
            for (PageTableFile table : tables.values()) {
                if (table.came() && table.hasToken(token)) {
                    table.reclaim();
                    return table;
                }
            }
            throw new LiveUpdateException(Errno.ENOENT, "no page table with token " + Long.toUnsignedString(token)
                    + " came with iommufd \"" + name + '"');
        }
    }

    @Override
    public void close() {
        boolean last;
        synchronized (iommu) {
            last = keeping.close();
        }
        if (last) {
            dismantle();
        }
    }

    /** The session keeps it, too. */
    void hold() {
        synchronized (iommu) {
            keeping.hold();
            iommu.opened(this);
        }
    }

    /** The session lets go. */
    void release() {
        boolean last;
        synchronized (iommu) {
            last = keeping.release();
        }
        if (last) {
            dismantle();
        }
    }

    /** Another provider serves it from now on; what is not preserved ends. */
    void leave() {
        Discarded unpreserved;
        synchronized (iommu) {
            keeping.leave();
            iommu.closed(this);
            unpreserved = new Discarded(tables.values().stream().map(PageTableFile::domain)
                    .filter(domain -> domain.state == null).toList(), pins());
        }
        iommu.discard(unpreserved);
    }

    private List<Pin> pins() {
        return spaces.values().stream().flatMap(space -> space.mapped().stream()).map(Mapped::pin).toList();
    }

    /** Nobody keeps it any more, so nobody else changes it either. */
    private void dismantle() {
        Discarded all;
        synchronized (iommu) {
            all = new Discarded(tables.values().stream().map(PageTableFile::domain).toList(), pins());
            tables.clear();
            spaces.clear();
            iommu.closed(this);
        }
        iommu.discard(all);
    }

    /** A copy. */
    List<AddressSpace> spaces() {
        synchronized (iommu) {
            return List.copyOf(spaces.values());
        }
    }

    /** A copy. */
    List<PageTableFile> tables() {
        synchronized (iommu) {
            return List.copyOf(tables.values());
        }
    }

    /** Those that are to be preserved; a copy. */
    List<PageTableFile> marked() {
        return tables().stream().filter(table -> table.token().isPresent()).toList();
    }

    /** The page tables that show an address space; with the lock held. */
    List<PageTableFile> tablesOf(AddressSpace space) {
        return tables.values().stream().filter(table -> table.addressSpace() == space).toList();
    }

    /** With the lock held. */
    AddressSpace addSpace(int id) {
        lastId = Math.max(lastId, id);
        AddressSpace space = new AddressSpace(this, id);
        spaces.put(id, space);
        return space;
    }

    /** With the lock held. */
    PageTableFile addTable(PageTableFile table) {
        lastId = Math.max(lastId, table.id());
        tables.put(table.id(), table);
        return table;
    }

    /** With the lock held. */
    void removeTable(PageTableFile table) {
        tables.remove(table.id());
    }

    /** With the lock held. */
    int nextId() {
        return lastId + 1;
    }

    @Override
    public String toString() {
        return "iommufd \"" + name + '"';
    }
}
