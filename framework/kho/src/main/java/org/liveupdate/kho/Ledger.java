package org.liveupdate.kho;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.ImageException;

/**
 * Who owns which block, and which pages are free.
 *
 * <p>One lock guards it, and with it pools, scopes and journals: {@link #lock}. What changes an owner runs inside
 * {@link #change}, so past the gate. Freeing is in two steps, because a writer may be between looking at its view and
 * writing: first the views end and the block leaves its owner, inside {@code change}; then {@link #release} waits for
 * the writers in flight and gives the pages back.
 */
final class Ledger {

    /** Guards all owners of blocks. Taken inside the gate; nothing but the mapping of a segment is locked inside. */
    final Object lock = new Object();

    private final MemoryFile file;
    private final long limitBytes;
    private final long verifiedAtOnceBytes;
    private final BlockChecksums checksums;
    private final Verification verification;
    private final Erasure erasure = new Erasure(this);
    /** The rest is guarded by {@link #lock}. */
    private final BuddyAllocator allocator = new BuddyAllocator();
    private final ExtentTable extents = new ExtentTable();
    private long usedPages;
    private long highWaterPages;

    Ledger(MemoryFile file, MemoryOptions options) {
        this.file = file;
        this.checksums = new BlockChecksums(file);
        this.verification = new Verification(this, checksums);
        this.verifiedAtOnceBytes = options.verifiedAtOnceBytes();
        this.limitBytes = options.limitBytes() & -Pages.PAGE_BYTES;
        // page 0 is never handed out
        allocator.freeRange(1, file.length() >> Pages.PAGE_SHIFT);
    }

    MemoryFile file() {
        return file;
    }

    long verifiedAtOnceBytes() {
        return verifiedAtOnceBytes;
    }

    BlockChecksums checksums() {
        return checksums;
    }

    Verification verification() {
        return verification;
    }

    Erasure erasure() {
        return erasure;
    }

    /** Changes owners of blocks: past the gate, with the lock held. */
    <T> T change(Supplier<T> change) {
        int counter = file.gate().enter();
        try {
            synchronized (lock) {
                return change.get();
            }
        } finally {
            file.gate().leave(counter);
        }
    }

    /** As {@link #change(Supplier)}, without a result. */
    void change(Runnable change) {
        this.<Void>change(() -> {
            change.run();
            return null;
        });
    }

    /**
     * A zeroed block that belongs to nobody yet. Without the lock while it is zeroed.
     *
     * @throws KhoException as documented at {@link Pool#allocate}
     */
    Extent reserve(long size, Secrecy secrecy, String owner) {
        if (size < 1 || size > Pages.SEGMENT_BYTES) {
            throw new KhoException(Reason.INVALID, "a block has 1 to " + Pages.SEGMENT_BYTES + " bytes, not " + size
                    + " (for " + owner + "): use several blocks for more");
        }
        int order = Pages.order(size);
        boolean secret = secrecy == Secrecy.SECRET;
        Extent extent = new Extent(change(() -> allocate(order, owner)), order, secret);
        try {
            file.segment(extent.address());
            if (secret) {
                file.markSecrets();
            }
            file.reserve(extent.address(), Pages.bytes(order));
        } catch (KhoException e) {
            giveBack(extent);
            throw e;
        }
        return extent;
    }

    /** Frees what {@link #reserve} returned and nobody has seen. */
    void giveBack(Extent extent) {
        synchronized (lock) {
            allocator.free(extent.page, extent.order);
        }
    }

    /** Enters a reserved block for its first owner; inside {@link #change}. */
    void enter(Extent extent, BlockList owner) {
        extents.put(extent);
        owner.add(extent);
        usedPages += extent.pages();
        highWaterPages = Math.max(highWaterPages, usedPages);
    }

    /** Takes a block from its owner for good and ends its views; inside {@link #change}; {@link #release} follows. */
    Extent remove(Extent extent) {
        extent.endViews();
        extent.journal = null;
        if (extent.secret) {
            extent.list.move(extent, erasure.blocks);
        } else {
            forget(extent);
        }
        return extent;
    }

    /** Gives the pages of removed blocks back once nobody can be writing to them; outside of {@link #change}. */
    void release(List<Extent> removed) {
        if (removed.isEmpty()) {
            return;
        }
        file.gate().awaitWriters();
        synchronized (lock) {
            for (Extent extent : removed) {
                if (!extent.secret) {
                    allocator.free(extent.page, extent.order);
                }
            }
        }
        erasure.erase(removed);
    }

    /** Gives back the pages of a block that was erased; with the lock held. */
    void retire(Extent extent) {
        forget(extent);
        allocator.free(extent.page, extent.order);
    }

    /** The block of {@code owner} that starts at {@code address}, or null; with the lock held. */
    Extent find(long address, BlockList owner) {
        if (address <= 0 || address >= file.length() || address % Pages.PAGE_BYTES != 0) {
            return null;
        }
        Extent extent = extents.get((int) (address >> Pages.PAGE_SHIFT));
        return extent != null && extent.list == owner ? extent : null;
    }

    /** A view of a whole block in use; with the lock held. */
    Region view(Extent extent) {
        if (extent.lease == null) {
            extent.lease = new Lease(extent);
        }
        if (extent.check == Check.UNSEEN) {
            // from now on pages can be written: not before their checksums are taken
            checksums.demand(extent);
            extent.check = Check.UNVERIFIED;
        }
        return new MappedRegion(this, checksums.segment(extent.address()), extent.lease, extent.list.owner(),
                extent.address(), Pages.bytes(extent.order));
    }

    /** Devices write to a block from now on, or no longer; inside the gate. */
    void writtenByDevices(Extent extent, boolean written) {
        synchronized (lock) {
            extent.devices = written;
            if (!written && extent.list != null) {
                // what was summed before the devices wrote does not count any more
                checksums.forget(extent);
            }
        }
    }

    /** Enters the blocks of an image; before anybody else knows this ledger. */
    void load(BlockTable blocks, BlockList owner) throws IOException {
        synchronized (lock) {
            for (int i = 0; i < blocks.size(); i++) {
                long address = blocks.address(i);
                int order = blocks.order(i);
                if (!isBlock(address, order)
                        || !allocator.allocateAt((int) (address >> Pages.PAGE_SHIFT), order)) {
                    throw ImageException.corrupt(file.path(), address,
                            "preserved blocks that are aligned, within the file and do not overlap",
                            "one of order " + order + " of " + owner.owner() + " that is not");
                }
                Extent extent = new Extent((int) (address >> Pages.PAGE_SHIFT), order, blocks.isSecret(i));
                extent.devices = blocks.isWrittenByDevices(i);
                if (blocks.isSummed(i)) {
                    extent.check = Check.UNSEEN;
                    extent.expected = blocks.checksum(i);
                }
                enter(extent, owner);
            }
        }
    }

    /** Fills in what is known here; with the lock held. */
    MemoryUse use() {
        List<Long> free = new ArrayList<>();
        int largest = -1;
        for (int order = 0; order <= Pages.MAX_ORDER; order++) {
            long blocks = allocator.freeBlocks(order);
            free.add(blocks);
            largest = blocks > 0 ? order : largest;
        }
        return new MemoryUse(file.length() >> Pages.PAGE_SHIFT, limitBytes >> Pages.PAGE_SHIFT, usedPages,
                highWaterPages,
                free, fragmentation(largest));
    }

    private double fragmentation(int largestOrder) {
        long free = allocator.freePages();
        if (free == 0) {
            return 0;
        }
        long possible = Math.min(Long.highestOneBit(free), 1L << Pages.MAX_ORDER);
        return 1 - (double) (1L << largestOrder) / possible;
    }

    private boolean isBlock(long address, int order) {
        return order >= 0 && order <= Pages.MAX_ORDER && address > 0 && address % Pages.bytes(order) == 0
                && address <= file.length() - Pages.bytes(order);
    }

    /** The block is nobody's any more; with the lock held. */
    private void forget(Extent extent) {
        extent.list.remove(extent);
        extents.remove(extent);
        checksums.forget(extent);
        usedPages -= extent.pages();
    }

    private int allocate(int order, String owner) {
        int page = allocator.allocate(order);
        while (page < 0) {
            grow(order, owner);
            page = allocator.allocate(order);
        }
        return page;
    }

    /** Makes the file longer up to the end of a segment. */
    private void grow(int order, String owner) {
        long length = file.length();
        long grown = Math.min(limitBytes, (length >> Pages.SEGMENT_SHIFT) + 1 << Pages.SEGMENT_SHIFT);
        if (grown <= length) {
            throw new KhoException(Reason.NO_MEMORY,
                    file.path() + ": no free block of " + Pages.bytes(order) + " bytes for "
                            + owner + " and the limit of " + limitBytes
                            + " bytes is reached: free some, or raise the limit");
        }
        try {
            file.extend(grown);
        } catch (IOException e) {
            throw new KhoException(Reason.NO_MEMORY,
                    file.path() + ": handover memory cannot grow to " + grown + " bytes ("
                            + e.getMessage() + "): use another directory",
                    e);
        }
        allocator.freeRange(Math.max(1, length >> Pages.PAGE_SHIFT), grown >> Pages.PAGE_SHIFT);
    }
}
