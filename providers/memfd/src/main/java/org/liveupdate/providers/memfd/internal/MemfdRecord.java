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
import org.liveupdate.providers.api.support.StoredFile;
import org.liveupdate.providers.api.support.Unfreed;
import org.liveupdate.providers.api.support.Vmalloc;

/** Writes a memfd into its scope, and reads one from it: nothing that is read is believed. */
final class MemfdRecord {

    private static final long PAGE_BYTES = 4096;

    private final Scope scope;

    MemfdRecord(Scope scope) {
        this.scope = scope;
    }

    /**
     * Adopts the blocks of a file whose size is fixed. No byte of them is copied.
     *
     * @return the address of the {@link MemfdLayout}
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    long preserve(MemfdFile file) {
        List<Region> blocks = file.blocks();
        Region header = scope.allocPreserve(MemfdLayout.BYTES);
        new MemfdLayout(file.lastPosition(), file.fixedSize(), blocks.size()).writeTo(header);
        ByteBuffer folios = ByteBuffer.allocate(blocks.size() * FolioLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long index = 0;
        for (Region block : blocks) {
            scope.preserve(block.address());
            FolioLayout.kept(block.address(), index).writeTo(folios);
            index += block.size() / PAGE_BYTES;
        }
        Vmalloc.preserve(scope, folios.flip(), header, MemfdLayout.FOLIO_ARRAY_OFFSET);
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
    void update(long data, long position, boolean closed) throws LiveUpdateException {
        MemfdLayout.write(header(data), position, closed);
    }

    /** Whether the file's user had closed it when its provider left. */
    boolean isClosed(long data) throws LiveUpdateException {
        return MemfdLayout.isClosed(header(data));
    }

    /**
     * Takes the blocks over.
     *
     * @param data the address of the record
     * @param name what the file is called from now on
     * @param unfreed where its blocks wait if they cannot be freed
     * @param open whether a user keeps the file
     * @return the file, its size fixed
     * @throws LiveUpdateException {@code EINVAL} if the record makes no sense; {@code EIO} if a block cannot be restored
     */
    MemfdFile retrieve(long data, String name, Unfreed unfreed, boolean open) throws LiveUpdateException {
        Region header = header(data);
        MemfdLayout record = MemfdLayout.readFrom(header);
        long folios = record.folios();
        if (record.position() < 0 || record.size() < 0 || record.size() > StoredFile.MAX_BYTES || folios < 0
                || folios > scope.pages()) {
            throw invalid("found " + record);
        }
        ByteBuffer array = Vmalloc.read(scope, header, MemfdLayout.FOLIO_ARRAY_OFFSET, folios * FolioLayout.BYTES);
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
        return MemfdFile.retrieved(name, new BlockStorage(scope.pool(), blocks, record.size()), record.position(),
                unfreed, open);
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
            return scope.region(data).slice(0, MemfdLayout.BYTES);
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "memfd of " + scope.owner() + ": " + found);
    }
}
