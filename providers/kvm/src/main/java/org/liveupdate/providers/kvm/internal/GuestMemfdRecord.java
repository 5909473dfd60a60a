package org.liveupdate.providers.kvm.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.support.StoredFile;
import org.liveupdate.providers.api.support.Vmalloc;

/** Writes guest memory into its scope, and reads it from one: nothing that is read is believed. */
final class GuestMemfdRecord {

    private static final int MAX_ORDER = 18;

    private final Scope scope;
    private final boolean huge;

    /**
     * A record in that scope.
     *
     * @param huge whether the file has huge pages
     */
    GuestMemfdRecord(Scope scope, boolean huge) {
        this.scope = scope;
        this.huge = huge;
    }

    /**
     * Adopts the pages of a file to which none is added. No byte of them is copied.
     *
     * @return the address of the {@link GuestMemfdLayout}
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    long preserve(GuestMemfdFile file) {
        GuestPages pages = file.storage().pages();
        Region header = scope.allocPreserve(GuestMemfdLayout.BYTES);
        GuestMemfdLayout.write(header, file.storage().size(), file.lastFlags(), pages.count(), pages.order());
        ByteBuffer folios = ByteBuffer.allocate(Math.toIntExact(pages.count() * GuestFolioLayout.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        pages.forEach((number, page) -> {
            scope.preserve(page.address());
            GuestFolioLayout.write(folios, page.address(), number << pages.order());
        });
        Vmalloc.preserve(scope, folios.flip(), header, GuestMemfdLayout.FOLIO_ARRAY_OFFSET);
        return header.address();
    }

    /** Gives the pages of a file back to the pool, and frees the rest of the scope. */
    void unpreserve(GuestMemfdFile file) {
        file.storage().pages().forEach((number, page) -> scope.unpreserve(page.address()));
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    /** The machine is preserved under that token; the file is open in the successor. */
    void freeze(long data, long vmToken) throws LiveUpdateException {
        GuestMemfdLayout.freeze(header(data), vmToken);
    }

    /** Notes where the machine is, for the next provider. */
    void vmToken(long data, long vmToken) throws LiveUpdateException {
        GuestMemfdLayout.vmToken(header(data), vmToken);
    }

    /**
     * Leaves the file to the next provider.
     *
     * @param closed whether its user has closed it, and is not to have it again
     * @param linked whether the token of the machine is there
     */
    void leave(long data, boolean closed, boolean linked) throws LiveUpdateException {
        GuestMemfdLayout.update(header(data), closed, linked);
    }

    /**
     * Reads what can be known without the pages.
     *
     * @throws LiveUpdateException {@code EOPNOTSUPP} unknown flags; {@code EINVAL} it makes no sense
     */
    GuestMemfdLayout read(long data) throws LiveUpdateException {
        GuestMemfdLayout record = GuestMemfdLayout.readFrom(header(data));
        long unknown = GuestMemfdFile.unknown(record.flags());
        if (unknown != 0) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, String.format("guest memory of %s: found the unknown flags "
                    + "0x%x: retrieve it with the version of this bundle that preserved it", scope.owner(), unknown));
        }
        if (huge != record.order() > 0 || record.order() > MAX_ORDER) {
            throw invalid("expected pages of " + (huge ? "8192 bytes to 1 GiB" : "4096 bytes") + ", found " + record);
        }
        long pageBytes = GuestPages.BASE_BYTES << record.order();
        boolean size = record.size() > 0 && record.size() <= StoredFile.MAX_BYTES && record.size() % pageBytes == 0;
        if (!size || record.folios() < 0 || record.folios() > scope.pages()
                || huge && record.folios() != record.size() / pageBytes) {
            throw invalid("expected whole pages, found " + record);
        }
        return record;
    }

    /** As {@link #read}, or empty if that throws. */
    Optional<GuestMemfdLayout> peek(long data) {
        try {
            return Optional.of(read(data));
        } catch (LiveUpdateException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes the pages over.
     *
     * @param record what {@link #read} has read
     * @param pages receives them
     * @throws LiveUpdateException {@code EINVAL} if they are not there as recorded; {@code EIO} if one cannot be restored
     */
    void restore(long data, GuestMemfdLayout record, GuestPages pages) throws LiveUpdateException {
        ByteBuffer array = Vmalloc.read(scope, header(data), GuestMemfdLayout.FOLIO_ARRAY_OFFSET,
                record.folios() * GuestFolioLayout.BYTES);
        for (long next = 0; array.hasRemaining();) {
            GuestFolioLayout folio = GuestFolioLayout.readFrom(array);
            long number = folio.index() >>> record.order();
            boolean inside = number >= next && number < record.size() / pages.pageBytes();
            if (!inside || number << record.order() != folio.index() || folio.flags() != GuestFolioLayout.UPTODATE) {
                throw invalid("expected an up-to-date page with number " + next + " or a higher one, found " + folio);
            }
            pages.add(number, restore(folio, pages.pageBytes()));
            next = number + 1;
        }
    }

    private Region restore(GuestFolioLayout folio, long pageBytes) throws LiveUpdateException {
        Region page;
        try {
            page = scope.restore(folio.address());
        } catch (KhoException e) {
            throw new LiveUpdateException(Errno.EIO, "guest memory of " + scope.owner() + ": " + e.getMessage());
        }
        if (page.size() != pageBytes) {
            throw invalid("expected a page of " + pageBytes + " bytes, found " + folio + " with " + page.size());
        }
        return page;
    }

    /** Ends the handover of a file that was not retrieved: everything is freed. */
    void giveBack() {
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    /** Ends the handover of a file that lives on: what was only needed to find its pages is freed. */
    void forget() {
        scope.blocks().stream().filter(block -> !block.restored()).forEach(block -> scope.restoreFree(block.address()));
    }

    private Region header(long data) throws LiveUpdateException {
        try {
            return scope.region(data).slice(0, GuestMemfdLayout.BYTES);
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "guest memory of " + scope.owner() + ": " + found);
    }
}
