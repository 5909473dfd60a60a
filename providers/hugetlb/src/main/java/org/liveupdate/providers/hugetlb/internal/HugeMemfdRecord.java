package org.liveupdate.providers.hugetlb.internal;

import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.support.SealBits;
import org.liveupdate.providers.api.support.StoredFile;

/** Writes a huge memfd into its scope, and reads one from it: nothing that is read is believed. */
final class HugeMemfdRecord {

    private final Scope scope;
    private final Hugetlb hugetlb;

    HugeMemfdRecord(Scope scope, Hugetlb hugetlb) {
        this.scope = scope;
        this.hugetlb = hugetlb;
    }

    /**
     * Preserves the pages of a file whose size is fixed, where they are.
     *
     * @return the address of the {@link HugeMemfdLayout}
     */
    long preserve(HugeMemfdFile file, String epoch) throws LiveUpdateException {
        HugeStorage storage = file.storage();
        Region header = scope.allocPreserve(HugeMemfdLayout.BYTES);
        HugeMemfdLayout.write(header, storage.size(), storage.pageSize());
        HugeMemfdLayout.update(header, file.lastPosition(), file.custody().seals(), false);
        storage.run().preserve(scope, header, epoch);
        return header.address();
    }

    /** The pages are ordinary again, and the rest of the scope is free. */
    void unpreserve(HugeMemfdFile file) {
        try {
            file.storage().run().unpreserve(scope);
        } finally {
            scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
        }
    }

    /**
     * Writes what can have changed since the file was preserved.
     *
     * @param closed whether its user has closed it, and is not to have it again
     */
    void update(long data, HugeMemfdFile file, boolean closed) throws LiveUpdateException {
        HugeMemfdLayout.update(header(data), file.lastPosition(), file.custody().seals(), closed);
    }

    /** Whether the file's user had closed it when its provider left. */
    boolean isClosed(long data) throws LiveUpdateException {
        return HugeMemfdLayout.isClosed(header(data));
    }

    /**
     * Reads what can be known without the pages.
     *
     * @throws LiveUpdateException {@code EINVAL} if it makes no sense, or there are no such pages here
     */
    HugeMemfdLayout read(long data) throws LiveUpdateException {
        HugeMemfdLayout record = HugeMemfdLayout.readFrom(header(data));
        boolean order = record.order() >= 1 && record.order() <= PageSize.MAX_ORDER;
        if (!order || record.position() < 0 || record.size() < 0 || record.size() > StoredFile.MAX_BYTES
                || record.size() % record.pageSize().bytes() != 0) {
            throw invalid("found " + record);
        }
        if (!hugetlb.counts().has(record.pageSize())) {
            throw invalid("there are no pages of " + record.pageSize() + " here, only of "
                    + hugetlb.counts().sizes());
        }
        return record;
    }

    /** As {@link #read}, or empty if it makes no sense. */
    Optional<HugeMemfdLayout> peek(long data) {
        try {
            return Optional.of(read(data));
        } catch (LiveUpdateException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes the pages over.
     *
     * @param open whether a user keeps the file
     * @return the file, its size fixed
     * @throws LiveUpdateException {@code EINVAL} if they are not there as recorded; {@code EOPNOTSUPP} if the file has seals
     *         that are not known here; {@code ENODEV} if the pages cannot be reached
     */
    HugeMemfdFile retrieve(long data, String name, boolean open) throws LiveUpdateException {
        HugeMemfdLayout record = read(data);
        if (SealBits.unknown(record.seals()) != 0) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP,
                    "huge memfd of " + scope.owner() + ": found unknown seals in "
                            + record + ": retrieve it with the version of this bundle that preserved it");
        }
        HugeRun run = backing(record).retrieve(scope, header(data), record);
        HugeStorage storage = HugeStorage.inherited(run, record.pageSize(), hugetlb.counts());
        HugeMemfdFile file = HugeMemfdFile.retrieved(name, storage, record.position(), hugetlb.unfreed(), open);
        file.custody().restoreSeals(SealBits.seals(record.seals()));
        return file;
    }

    /** Ends the handover of a file that was not retrieved: everything is freed. */
    void giveBack(long data) throws LiveUpdateException {
        try {
            Region header = header(data);
            backing(HugeMemfdLayout.readFrom(header)).giveBack(header);
        } finally {
            scope.blocks().forEach(block -> scope.restoreFree(block.address()));
        }
    }

    /** Ends the handover of a file that lives on: what was only needed to find its pages is freed. */
    void forget() {
        scope.blocks().stream().filter(block -> !block.restored()).forEach(block -> scope.restoreFree(block.address()));
    }

    private Backing backing(HugeMemfdLayout record) throws LiveUpdateException {
        return switch (record.backing()) {
            case HugeMemfdLayout.BACKING_HANDOVER_MEMORY -> new OrdinaryBacking();
            case HugeMemfdLayout.BACKING_HUGETLBFS -> new MountBacking(hugetlb.mount());
            default -> throw invalid("found " + record);
        };
    }

    private Region header(long data) throws LiveUpdateException {
        try {
            return scope.region(data).slice(0, HugeMemfdLayout.BYTES);
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "huge memfd of " + scope.owner() + ": " + found);
    }
}
