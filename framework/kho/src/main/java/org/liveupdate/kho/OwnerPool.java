package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.kho.KhoException.Reason;

/** The pool of one owner. Its blocks are guarded by the ledger's lock. */
final class OwnerPool implements Pool {

    private final Ledger ledger;
    final BlockList blocks;

    OwnerPool(Ledger ledger, String owner) {
        this.ledger = ledger;
        this.blocks = new BlockList(owner);
    }

    @Override
    public String owner() {
        return blocks.owner();
    }

    @Override
    public Region allocate(long size) {
        return allocate(size, Secrecy.ORDINARY);
    }

    @Override
    public Region allocate(long size, Secrecy secrecy) {
        Extent extent = ledger.reserve(size, secrecy, owner());
        try {
            return ledger.change(() -> {
                ledger.enter(extent, blocks);
                return ledger.view(extent);
            });
        } catch (KhoException e) {
            ledger.giveBack(extent);
            throw e;
        }
    }

    @Override
    public Region region(long address) {
        synchronized (ledger.lock) {
            return ledger.view(find(address));
        }
    }

    @Override
    public void free(long address) {
        ledger.release(ledger.change(() -> {
            Extent extent = find(address);
            requireSettled(extent);
            return List.of(ledger.remove(extent));
        }));
    }

    @Override
    public long pages() {
        synchronized (ledger.lock) {
            return blocks.pages();
        }
    }

    boolean isOf(Ledger other) {
        return ledger == other;
    }

    /** Frees all blocks but those whose way here may still be undone. */
    long discard() {
        List<Extent> removed = new ArrayList<>();
        ledger.change(() -> blocks.forEach(extent -> {
            if (extent.journal == null) {
                removed.add(ledger.remove(extent));
            }
        }));
        ledger.release(removed);
        return removed.stream().mapToLong(Extent::pages).sum();
    }

    /** With the lock held. */
    Extent find(long address) {
        Extent extent = ledger.find(address, blocks);
        if (extent == null) {
            throw new KhoException(Reason.NOT_ALLOCATED,
                    "no block of " + owner() + " starts at " + Pages.hex(address) + " ("
                            + ledger.file().path() + "): it was freed, preserved, or never allocated");
        }
        return extent;
    }

    /** With the lock held. */
    void requireSettled(Extent extent) {
        if (extent.journal != null) {
            throw new KhoException(Reason.REFUSED, "the block at " + Pages.hex(extent.address()) + " of " + owner()
                    + " was unpreserved by a callback that has not returned yet: use unpreserveFree, or wait");
        }
    }
}
