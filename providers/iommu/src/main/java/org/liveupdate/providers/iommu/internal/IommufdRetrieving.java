package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Pinnable;

/** Makes an iommufd from what was preserved of it, and from what the FLB has read. Used once, in one thread. */
final class IommufdRetrieving {

    private final FileContext context;
    private final Iommu iommu;
    private final IommufdRecord record;
    private final long data;
    private final List<Mapped> pinned = new ArrayList<>();

    IommufdRetrieving(FileContext context, Iommu iommu, long data) throws LiveUpdateException {
        this.context = context;
        this.iommu = iommu;
        this.record = new IommufdRecord(context.memory());
        this.data = data;
    }

    /** All or nothing. */
    IommufdFile run() throws LiveUpdateException {
        boolean handover = context.reason() == Reason.HANDOVER;
        IommufdFile file = IommufdFile.retrieved(iommu,
                context.session() + "/" + Long.toUnsignedString(context.token()), handover || !record.isClosed(data),
                context.side() == Side.INCOMING);
        boolean complete = false;
        try (FlbHandle<PreservedIommu> handle = context.side() == Side.INCOMING
                ? context.getIncoming(IommuFlb.KEY)
                : context.getOutgoing(IommuFlb.KEY)) {
            Map<Integer, AddressSpace> spaces = new HashMap<>();
            tables(file, IommufdPreserving.state(handle.get()), spaces);
            mappings(file, spaces);
            for (PageTableFile table : file.tables()) {
                requireTrusted(table);
            }
            complete = true;
            return file;
        } finally {
            if (!complete) {
                pinned.forEach(each -> each.pin().close());
            }
        }
    }

    private void tables(IommufdFile file, PreservedState state, Map<Integer, AddressSpace> spaces)
            throws LiveUpdateException {
        for (IommufdLayout.Table each : record.tables(data)) {
            Domain domain = iommu.domain(state, each.domain());
            if (domain == null || each.space() < 1 || each.id() < 1) {
                throw invalid("found " + each);
            }
            AddressSpace space = spaces.computeIfAbsent(each.space(), file::addSpace);
            PageTableFile table = new PageTableFile(file, space, each.id(), domain, context.side() == Side.INCOMING);
            table.mark(each.token());
            if (each.reclaimed()) {
                table.reclaim();
            }
            file.addTable(table);
        }
    }

    private void mappings(IommufdFile file, Map<Integer, AddressSpace> spaces) throws LiveUpdateException {
        for (IommufdLayout.Range range : record.ranges(data)) {
            AddressSpace space = spaces.get(range.space());
            if (space == null || range.length() <= 0) {
                throw invalid("found " + range);
            }
            ByteFile target = context.file(range.file(), ByteFile.class);
            Mapped mapped = new Mapped(
                    new Mapping(range.iova(), range.length(), target, range.offset(), range.writable()),
                    pin(target, range));
            pinned.add(mapped);
            space.restore(mapped);
        }
    }

    private Pin pin(ByteFile target, IommufdLayout.Range range) throws LiveUpdateException {
        if (!(target instanceof Pinnable pinnable)) {
            throw invalid("file " + Long.toUnsignedString(range.file()) + " cannot be pinned");
        }
        try {
            return pinnable.pin(range.offset(), range.length());
        } catch (IOException e) {
            throw new LiveUpdateException(e instanceof ByteFileException refusal ? refusal.errno() : Errno.EIO,
                    "iommufd of " + context.session() + ": " + e.getMessage());
        }
    }

    /** Where the original panics: a device translates through this, and may write where it must not. */
    private void requireTrusted(PageTableFile table) throws LiveUpdateException {
        String finding = null;
        synchronized (iommu) {
            PageTable tables = table.domain().table();
            List<Mapped> mapped = table.addressSpace().mapped();
            long expected = mapped.stream().mapToLong(each -> each.mapping().length()).sum();
            if (!mapped.stream().allMatch(each -> each.isIn(tables))) {
                finding = "it does not lead to where the mapped files are";
            } else if (tables.mappedBytes() != expected) {
                finding = "it maps " + tables.mappedBytes() + " bytes, its address space " + expected;
            }
        }
        if (finding != null) {
            String subject = table + " with the devices " + table.devices();
            iommu.fatal().report(subject, finding, IommuFlb.ACTION);
            throw new LiveUpdateException(Errno.EIO, subject + ": " + finding + "; " + IommuFlb.ACTION);
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "iommufd " + context.session() + "/"
                + Long.toUnsignedString(context.token()) + ": " + found);
    }
}
