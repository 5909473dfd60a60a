package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.hardware.PageTableLayout;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Pinnable;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.memory.Sealable;

/** An address space of an iommufd. Guarded by the lock of {@link Iommu}, which is not held while a file is called. */
final class AddressSpace implements IoAddressSpace {

    private final IommufdFile file;
    private final int id;
    /** By IO virtual address. */
    private final TreeMap<Long, Mapped> mapped = new TreeMap<>();

    AddressSpace(IommufdFile file, int id) {
        this.file = file;
        this.id = id;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void map(long iova, long length, ByteFile target, long offset, boolean writable)
            throws LiveUpdateException {
        checkNumbers(iova, length, offset);
        synchronized (file.iommu()) {
            checkFree(iova, length);
        }
        Mapped added = new Mapped(new Mapping(iova, length, target, offset, writable), pin(target, offset, length));
        boolean done = false;
        try {
            checkSeals(target, writable);
            KhoErrors.translated(() -> {
                add(added);
                return null;
            });
            done = true;
        } finally {
            if (!done) {
                added.pin().close();
            }
        }
    }

    private void add(Mapped added) throws LiveUpdateException {
        synchronized (file.iommu()) {
            checkFree(added.mapping().iova(), added.mapping().length());
            List<PageTable> entered = new ArrayList<>();
            try {
                for (PageTableFile table : file.tablesOf(this)) {
                    added.mapIn(table.domain().table());
                    entered.add(table.domain().table());
                }
            } catch (KhoException e) {
                entered.forEach(added::unmapIn);
                throw e;
            }
            mapped.put(added.mapping().iova(), added);
        }
    }

    @Override
    public void unmap(long iova, long length) throws LiveUpdateException {
        Mapped removed = KhoErrors.translated(() -> {
            synchronized (file.iommu()) {
                checkMutable();
                Mapped found = mapped.get(iova);
                if (found == null || found.mapping().length() != length) {
                    throw new LiveUpdateException(Errno.ENOENT, this + ": no mapping of " + length + " bytes is at 0x"
                            + Long.toHexString(iova));
                }
                for (PageTableFile table : file.tablesOf(this)) {
                    found.unmapIn(table.domain().table());
                    file.iommu().invalidate(table.domain());
                }
                mapped.remove(iova);
                return found;
            }
        });
        removed.pin().close();
    }

    @Override
    public List<Mapping> mappings() {
        return mapped().stream().map(Mapped::mapping).toList();
    }

    @Override
    public boolean isImmutable() {
        synchronized (file.iommu()) {
            return file.keeping().isPreserved()
                    && file.tablesOf(this).stream().anyMatch(table -> table.token().isPresent());
        }
    }

    @Override
    public HardwarePageTable allocatePageTable() throws LiveUpdateException {
        file.iommu().settle();
        return KhoErrors.translated(() -> {
            synchronized (file.iommu()) {
                file.keeping().checkChangeable();
                Domain domain = file.iommu().newDomain();
                try {
                    mapped.values().forEach(each -> each.mapIn(domain.table()));
                } catch (KhoException e) {
                    file.iommu().free(domain);
                    throw e;
                }
                return file.addTable(new PageTableFile(file, this, file.nextId(), domain, false));
            }
        });
    }

    /** What is mapped, with its pins; a copy. */
    List<Mapped> mapped() {
        synchronized (file.iommu()) {
            return List.copyOf(mapped.values());
        }
    }

    /** What was mapped before; its page tables have it. */
    void restore(Mapped before) {
        synchronized (file.iommu()) {
            mapped.put(before.mapping().iova(), before);
        }
    }

    private void checkMutable() throws LiveUpdateException {
        file.keeping().checkChangeable();
        if (isImmutable()) {
            throw new LiveUpdateException(Errno.EBUSY, this + " is immutable: a page table of it is preserved");
        }
    }

    private void checkFree(long iova, long length) throws LiveUpdateException {
        checkMutable();
        var before = mapped.floorEntry(iova + length - 1);
        if (before != null && before.getValue().overlaps(iova, length)) {
            throw new LiveUpdateException(Errno.EEXIST, this + ": something is mapped at 0x"
                    + Long.toHexString(before.getKey()) + " already");
        }
    }

    private void checkNumbers(long iova, long length, long offset) throws LiveUpdateException {
        boolean aligned = ((iova | length | offset) & PageTableLayout.PAGE_BYTES - 1) == 0;
        if (!aligned || iova < 0 || length <= 0 || offset < 0 || iova > END - length) {
            throw new LiveUpdateException(Errno.EINVAL, this + ": expected multiples of 4096 below 0x"
                    + Long.toHexString(END) + ", found " + length + " bytes at 0x" + Long.toHexString(iova)
                    + " from offset " + offset + " of a file");
        }
    }

    private Pin pin(ByteFile target, long offset, long length) throws LiveUpdateException {
        if (!(target instanceof Pinnable pinnable)) {
            throw new LiveUpdateException(Errno.EINVAL, this + ": file \"" + target.name() + "\" cannot be pinned");
        }
        try {
            return pinnable.pin(offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void checkSeals(ByteFile target, boolean writable) throws LiveUpdateException {
        try {
            if (writable && target instanceof Sealable sealable && sealable.seals().contains(Seal.WRITE)) {
                throw new LiveUpdateException(Errno.EPERM,
                        this + ": file \"" + target.name() + "\" is sealed against writing: map it to be read only");
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private LiveUpdateException failure(IOException e) {
        Errno errno = e instanceof ByteFileException refusal ? refusal.errno() : Errno.EIO;
        return new LiveUpdateException(errno, this + ": " + e.getMessage());
    }

    @Override
    public String toString() {
        return "address space " + id + " of " + file;
    }
}
