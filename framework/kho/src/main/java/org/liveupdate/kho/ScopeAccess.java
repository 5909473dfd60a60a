package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.liveupdate.kho.KhoException.Reason;

/**
 * One way into a scope: the core's, which lasts as long as the scope, or that of one callback, which can be revoked.
 * All of it runs under the ledger's lock, which guards {@link #revoked} too.
 */
final class ScopeAccess implements Scope {

    static final int CORE = 0;

    private final Ledger ledger;
    private final PreservedScope scope;
    /** The attachment it was handed out in; {@link #CORE} for the core's. */
    private final int attachment;
    private boolean revoked;

    ScopeAccess(Ledger ledger, PreservedScope scope, int attachment) {
        this.ledger = ledger;
        this.scope = scope;
        this.attachment = attachment;
    }

    /** The callback was rolled back; with the lock held. */
    void revoke() {
        revoked = true;
    }

    @Override
    public long id() {
        return scope.id();
    }

    @Override
    public String owner() {
        return scope.owner();
    }

    @Override
    public Pool pool() {
        synchronized (ledger.lock) {
            return scope.pool();
        }
    }

    @Override
    public Region allocPreserve(long size) {
        return allocPreserve(size, Secrecy.ORDINARY);
    }

    @Override
    public Region allocPreserve(long size, Secrecy secrecy) {
        synchronized (ledger.lock) {
            requireUsable();
        }
        Extent extent = ledger.reserve(size, secrecy, owner());
        try {
            return ledger.change(() -> {
                requireUsable();
                extent.own = true;
                ledger.enter(extent, scope.blocks);
                if (scope.journal != null) {
                    scope.journal.allocated(extent);
                }
                return ledger.view(extent);
            });
        } catch (KhoException e) {
            ledger.giveBack(extent);
            throw e;
        }
    }

    @Override
    public void unpreserveFree(long address) {
        free(address, false);
    }

    @Override
    public void restoreFree(long address) {
        free(address, true);
    }

    @Override
    public void preserve(long address) {
        ledger.change(() -> {
            requireUsable();
            Extent extent = scope.pool().find(address);
            if (extent.journal == null || extent.journal != scope.journal) {
                scope.pool().requireSettled(extent);
            }
            if (scope.journal != null) {
                scope.journal.preserving(extent);
            }
            extent.list.move(extent, scope.blocks);
            extent.own = true;
            extent.restored = false;
        });
    }

    @Override
    public void unpreserve(long address) {
        ledger.change(() -> {
            requireUsable();
            requireMayFree(address);
            Extent extent = find(address);
            if (scope.journal != null) {
                scope.journal.unpreserving(extent);
            }
            extent.list.move(extent, scope.pool().blocks);
            extent.own = false;
            extent.restored = false;
        });
    }

    @Override
    public Region restore(long address) {
        Extent extent;
        Region view;
        boolean atOnce;
        synchronized (ledger.lock) {
            extent = findInherited(address);
            // before it is marked: mapping the segment may fail
            view = ledger.view(extent);
            atOnce = extent.check == Check.CORRUPT || scope.isVerifiedAtOnce(extent);
        }
        if (atOnce) {
            ledger.verification().verify(extent, owner());
        }
        synchronized (ledger.lock) {
            if (findInherited(address) != extent) {
                return restore(address);
            }
            if (scope.journal != null) {
                scope.journal.restoring(extent);
            }
            extent.restored = true;
        }
        if (!atOnce) {
            ledger.verification().submit(extent);
        }
        return view;
    }

    @Override
    public void requireIntact() {
        List<Extent> restored = new ArrayList<>();
        synchronized (ledger.lock) {
            scope.blocks.forEach(extent -> {
                if (extent.restored && extent.check != Check.OWN) {
                    restored.add(extent);
                }
            });
        }
        restored.forEach(extent -> ledger.verification().verify(extent, owner()));
    }

    @Override
    public Region region(long address) {
        synchronized (ledger.lock) {
            requireUsable();
            return ledger.view(find(address));
        }
    }

    @Override
    public long pages() {
        synchronized (ledger.lock) {
            return scope.blocks.pages();
        }
    }

    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        synchronized (ledger.lock) {
            scope.blocks.forEach(
                    extent -> blocks.add(new Block(extent.address(), extent.order, extent.restored, extent.secret)));
        }
        blocks.sort(Comparator.comparingLong(Block::address));
        return blocks;
    }

    private void free(long address, boolean inheritedOnly) {
        ledger.release(ledger.change(() -> {
            requireUsable();
            requireMayFree(address);
            Extent extent = find(address);
            if (inheritedOnly && extent.own) {
                throw new KhoException(Reason.NOT_PRESERVED, "the block at " + Pages.hex(address) + " of " + owner()
                        + " is not inherited (" + ledger.file().path() + "): use unpreserveFree");
            }
            if (scope.journal != null) {
                scope.journal.free(extent);
                return List.<Extent>of();
            }
            return List.of(ledger.remove(extent));
        }));
    }

    private Extent find(long address) {
        Extent extent = ledger.find(address, scope.blocks);
        if (extent == null) {
            throw new KhoException(Reason.NOT_PRESERVED, "no preserved block of " + owner() + " starts at "
                    + Pages.hex(address) + " (" + ledger.file().path()
                    + "): it was freed, unpreserved, or belongs to another");
        }
        return extent;
    }

    private Extent findInherited(long address) {
        requireUsable();
        Extent extent = find(address);
        if (extent.restored || extent.own) {
            throw new KhoException(Reason.ALREADY_RESTORED, "the block at " + Pages.hex(address) + " of " + owner()
                    + (extent.own ? " was preserved by its present owner" : " is restored already") + " ("
                    + ledger.file().path() + "): use region");
        }
        return extent;
    }

    private void requireUsable() {
        if (revoked || attachment != CORE && attachment != scope.attachment) {
            throw new KhoException(Reason.REFUSED, "scope " + id() + " of " + owner()
                    + " is no longer this callback's: it was given up, or its owner has left");
        }
        scope.requireOpen();
    }

    private void requireMayFree(long address) {
        if (scope.journal != null && !scope.journal.mayFree()) {
            throw new KhoException(Reason.REFUSED, "the block at " + Pages.hex(address) + " of " + owner()
                    + " cannot be given up inside retrieve: free it in finish or unpreserve");
        }
    }
}
