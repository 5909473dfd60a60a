package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.memory.Sealable;

/** Preserves one iommufd: checks what its page tables refer to, then takes them into the FLB. Used once, in one thread. */
final class IommufdPreserving {

    /** What keeps the bytes of a mapped file where and as many as they are. */
    private static final Set<Seal> NEEDED = Set.of(Seal.SEAL, Seal.SHRINK, Seal.GROW);

    private final FileContext context;
    private final IommufdFile file;
    private final Iommu iommu;
    private final List<Domain> done = new ArrayList<>();

    IommufdPreserving(FileContext context, IommufdFile file) {
        this.context = context;
        this.file = file;
        this.iommu = file.iommu();
    }

    /** All or nothing. */
    Preserved<?> run() throws LiveUpdateException {
        synchronized (iommu) {
            file.keeping().checkChangeable();
            // from here on the address spaces of marked page tables do not change
            file.keeping().preserved(true);
        }
        boolean complete = false;
        try (FlbHandle<PreservedIommu> handle = context.getOutgoing(IommuFlb.KEY)) {
            List<IommufdLayout.Range> ranges = ranges();
            List<IommufdLayout.Table> tables = tables(state(handle.get()));
            long data = new IommufdRecord(context.memory()).write(tables, ranges);
            complete = true;
            return new Preserved<>(data, null);
        } finally {
            if (!complete) {
                undo();
            }
        }
    }

    /** The state of this bundle's FLB. */
    static PreservedState state(PreservedIommu object) throws LiveUpdateException {
        if (object instanceof PreservedState state) {
            return state;
        }
        throw new LiveUpdateException(Errno.EINVAL, IommuFlb.KEY.compatible() + " is not this bundle's FLB: it is a "
                + object.getClass().getName());
    }

    private List<IommufdLayout.Range> ranges() throws LiveUpdateException {
        List<IommufdLayout.Range> ranges = new ArrayList<>();
        for (AddressSpace space : file.marked().stream().map(PageTableFile::addressSpace).distinct().toList()) {
            for (Mapping mapping : space.mappings()) {
                requireSealed(space, mapping);
                ranges.add(new IommufdLayout.Range(space.id(), mapping.writable(), mapping.iova(), mapping.length(),
                        context.token(mapping.file()), mapping.offset()));
            }
        }
        return ranges;
    }

    private static void requireSealed(AddressSpace space, Mapping mapping) throws LiveUpdateException {
        String which = space + ": file \"" + mapping.file().name() + "\", mapped at 0x"
                + Long.toHexString(mapping.iova()) + ',';
        if (!(mapping.file() instanceof Sealable sealable)) {
            throw new LiveUpdateException(Errno.EINVAL, which + " cannot be sealed");
        }
        try {
            if (!sealable.seals().containsAll(NEEDED)) {
                throw new LiveUpdateException(Errno.EINVAL,
                        which + " has the seals " + sealable.seals() + ": add " + NEEDED + " first");
            }
        } catch (IOException e) {
            throw new LiveUpdateException(e instanceof ByteFileException refusal ? refusal.errno() : Errno.EIO,
                    which + ' ' + e.getMessage());
        }
    }

    private List<IommufdLayout.Table> tables(PreservedState state) throws LiveUpdateException {
        List<IommufdLayout.Table> tables = new ArrayList<>();
        synchronized (iommu) {
            for (PageTableFile table : file.marked()) {
                if (table.id() > IommufdLayout.MAX_ID) {
                    throw new LiveUpdateException(Errno.ENOSPC,
                            table + ": only numbers up to " + IommufdLayout.MAX_ID + " can be preserved");
                }
                iommu.preserve(table.domain(), state);
                done.add(table.domain());
                tables.add(new IommufdLayout.Table(table.domain().slot.address(), table.token().getAsLong(), false,
                        table.id(), table.addressSpace().id()));
            }
        }
        return tables;
    }

    private void undo() throws KhoException {
        synchronized (iommu) {
            done.forEach(iommu::release);
            file.keeping().preserved(false);
        }
    }
}
