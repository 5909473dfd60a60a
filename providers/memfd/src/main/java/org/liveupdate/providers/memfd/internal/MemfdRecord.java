package org.liveupdate.providers.memfd.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.support.SealBits;
import org.liveupdate.providers.api.support.StoredFile;
import org.liveupdate.providers.api.support.Unfreed;
import org.liveupdate.providers.api.support.Vmalloc;

/** Writes a memfd into its scope, and reads one from it: nothing that is read is believed. */
final class MemfdRecord {

    private static final long PAGE_BYTES = 4096;

    private final Scope scope;
    private final MemfdFormat format;

    /** Records of that version in that scope. */
    MemfdRecord(Scope scope, MemfdFormat format) {
        this.scope = scope;
        this.format = format;
    }

    /**
     * Adopts the blocks of a file whose size is fixed. No byte of them is copied.
     *
     * @return the address of the record
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    long preserve(MemfdFile file) {
        List<Region> blocks = file.blocks();
        Region header = scope.allocPreserve(format.bytes());
        format.write(header, file.fixedSize(), blocks.size());
        format.update(header, file.lastPosition(), file.custody().seals(), false);
        ByteBuffer folios = ByteBuffer.allocate(blocks.size() * FolioLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long index = 0;
        for (Region block : blocks) {
            scope.preserve(block.address());
            FolioLayout.kept(block.address(), index).writeTo(folios);
            index += block.size() / PAGE_BYTES;
        }
        Vmalloc.preserve(scope, folios.flip(), header, format.folioArrayOffset());
        return header.address();
    }

    /** Gives the blocks of a file back to the pool, and frees the rest of the scope. */
    void unpreserve(MemfdFile file) {
        for (Region block : file.blocks()) {
            scope.unpreserve(block.address());
        }
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    /**
     * Writes what can have changed since the file was preserved.
     *
     * @param closed whether its user has closed it, and is not to have it again
     */
    void update(long data, MemfdFile file, boolean closed) throws LiveUpdateException {
        format.update(header(data), file.lastPosition(), file.custody().seals(), closed);
    }

    /**
     * Takes the blocks over.
     *
     * @param data the address of the record
     * @param name what the file is called from now on
     * @param unfreed where its blocks wait if they cannot be freed
     * @param handover whether a new user gets the file; else the old one keeps it, unless he had closed it
     * @return the file, its size fixed
     * @throws LiveUpdateException {@code EINVAL} if the record makes no sense; {@code EOPNOTSUPP} if it has seals or flags
     *         that are not known here; {@code EIO} if a block cannot be restored
     */
    MemfdFile retrieve(long data, String name, Unfreed unfreed, boolean handover) throws LiveUpdateException {
        Region header = header(data);
        MemfdHeader record = format.readFrom(header);
        checkSupported(record);
        long folios = record.folios();
        if (record.position() < 0 || record.size() < 0 || record.size() > StoredFile.MAX_BYTES || folios < 0
                || folios > scope.pages()) {
            throw invalid("found " + record);
        }
        ByteBuffer array = Vmalloc.read(scope, header, format.folioArrayOffset(), folios * FolioLayout.BYTES);
        List<Region> blocks = new ArrayList<>();
        long end = 0;
        while (array.hasRemaining()) {
            Region block = restore(FolioLayout.readFrom(array), end / PAGE_BYTES);
            blocks.add(block);
            end += block.size();
        }
        if (end < record.size()) {
            throw invalid("expected at least " + record.size() + " bytes of folios, found " + end);
        }
        MemfdFile file = MemfdFile.retrieved(name, new BlockStorage(scope.pool(), blocks, record.size()),
                record.position(), unfreed, handover || !record.closed());
        file.custody().restoreSeals(SealBits.seals(record.seals()));
        return file;
    }

    private void checkSupported(MemfdHeader record) throws LiveUpdateException {
        int unknown = SealBits.unknown(record.seals());
        if (unknown != 0 || record.flags() != 0) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP,
                    String.format("memfd of %s: found the unknown seals 0x%x and flags 0x%x: retrieve it with the "
                            + "version of this bundle that preserved it", scope.owner(), unknown, record.flags()));
        }
    }

    private Region restore(FolioLayout folio, long index) throws LiveUpdateException {
        if (folio.index() != index || folio.flags() != (FolioLayout.DIRTY | FolioLayout.UPTODATE)) {
            throw invalid("expected a dirty and up-to-date folio with index " + index + ", found " + folio);
        }
        try {
            return scope.restore(folio.address());
        } catch (KhoException e) {
            throw new LiveUpdateException(Errno.EIO, "memfd of " + scope.owner() + ": " + e.getMessage());
        }
    }

    /** Ends the handover of a file that was not retrieved: everything is freed. */
    void giveBack() {
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    /** Ends the handover of a file that lives on: what was only needed to find its blocks is freed. */
    void forget() {
        scope.blocks().stream().filter(block -> !block.restored()).forEach(block -> scope.restoreFree(block.address()));
    }

    private Region header(long data) throws LiveUpdateException {
        try {
            return scope.region(data).slice(0, format.bytes());
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "memfd of " + scope.owner() + ": " + found);
    }
}
