package org.liveupdate.providers.iommu.internal;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** Writes an iommufd into its scope, and reads one from it: nothing that is read is believed. */
final class IommufdRecord {

    private final Scope scope;

    IommufdRecord(Scope scope) {
        this.scope = scope;
    }

    /**
     * Writes one.
     *
     * @return the address
     * @throws KhoException if there is no memory
     */
    long write(List<IommufdLayout.Table> tables, List<IommufdLayout.Range> ranges) {
        Region region = scope.allocPreserve(IommufdLayout.bytes(tables.size(), ranges.size()));
        IommufdLayout.tables(region, tables.size());
        IommufdLayout.mappings(region, tables.size(), ranges.size());
        for (int index = 0; index < tables.size(); index++) {
            tables.get(index).write(region, index);
        }
        for (int index = 0; index < ranges.size(); index++) {
            ranges.get(index).write(region, tables.size(), index);
        }
        return region.address();
    }

    /** Writes what only the file has, for the next provider. */
    void update(long data, IommufdFile file) throws LiveUpdateException {
        Region region = region(data);
        int tables = tableCount(region);
        IommufdLayout.closed(region, tables, !file.keeping().isOpen());
        for (int index = 0; index < tables; index++) {
            IommufdLayout.Table table = IommufdLayout.Table.read(region, index);
            boolean reclaimed = file.tables().stream()
                    .anyMatch(each -> each.hasToken(table.token()) && each.isReclaimed());
            new IommufdLayout.Table(table.domain(), table.token(), reclaimed, table.id(), table.space())
                    .write(region, index);
        }
    }

    /** Whether the user had closed it when its provider left. */
    boolean isClosed(long data) throws LiveUpdateException {
        Region region = region(data);
        return IommufdLayout.isClosed(region, tableCount(region));
    }

    /** The page tables. */
    List<IommufdLayout.Table> tables(long data) throws LiveUpdateException {
        Region region = region(data);
        List<IommufdLayout.Table> tables = new ArrayList<>();
        for (int index = 0; index < tableCount(region); index++) {
            tables.add(IommufdLayout.Table.read(region, index));
        }
        return tables;
    }

    /** The mappings. */
    List<IommufdLayout.Range> ranges(long data) throws LiveUpdateException {
        Region region = region(data);
        int tables = tableCount(region);
        int count = IommufdLayout.mappings(region, tables);
        if (count < 0 || IommufdLayout.bytes(tables, count) > region.size()) {
            throw invalid("found " + count + " mappings in " + region.size() + " bytes");
        }
        List<IommufdLayout.Range> ranges = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            ranges.add(IommufdLayout.Range.read(region, tables, index));
        }
        return ranges;
    }

    /** Frees it. */
    void free(long data) {
        scope.unpreserveFree(data);
    }

    private int tableCount(Region region) throws LiveUpdateException {
        long tables = IommufdLayout.tables(region);
        if (tables < 0 || tables > region.size() || IommufdLayout.bytes(tables, 0) > region.size()) {
            throw invalid("found " + tables + " page tables in " + region.size() + " bytes");
        }
        return (int) tables;
    }

    private Region region(long data) throws LiveUpdateException {
        try {
            return scope.region(data);
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "iommufd of " + scope.owner() + ": " + found);
    }
}
