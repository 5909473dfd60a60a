package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.ScopeState;

/**
 * A scope with its journal. What a callback can do is {@link ScopeAccess}; here is what the core does around it.
 * Everything that changes is guarded by the ledger's lock.
 */
final class PreservedScope implements ScopeControl {

    private final Ledger ledger;
    private final Scopes scopes;
    private final long id;
    private final ScopeAccess access;
    final BlockList blocks;
    /** Null until it is needed, if it is the one that has this scope's owner's name. */
    private OwnerPool pool;
    /** Counts the owners there have been: what was handed out to an earlier one is refused. */
    int attachment = ScopeAccess.CORE + 1;
    /** Null while no callback runs. */
    Journal journal;
    /** What the callback was given whose journal was opened last. */
    private ScopeAccess current;
    private boolean ended;
    /** How many bytes of blocks were restored, so far as they were verified at once. */
    private long verifiedAtOnce;

    PreservedScope(Ledger ledger, Scopes scopes, long id, String owner, OwnerPool pool) {
        this.ledger = ledger;
        this.scopes = scopes;
        this.id = id;
        this.blocks = new BlockList(owner);
        this.pool = pool;
        this.access = new ScopeAccess(ledger, this, ScopeAccess.CORE);
    }

    @Override
    public Scope begin(boolean mayFree) {
        synchronized (ledger.lock) {
            requireIdle();
            journal = new Journal(this, mayFree);
            current = new ScopeAccess(ledger, this, attachment);
            return current;
        }
    }

    @Override
    public void commit() {
        synchronized (ledger.lock) {
            requireJournal();
            if (journal.freed().blocks() == 0) {
                commitJournal();
                return;
            }
        }
        ledger.release(ledger.change(this::commitJournal));
    }

    @Override
    public void rollback() {
        synchronized (ledger.lock) {
            requireJournal();
            // first of all: what the callback still does must not enter the journal while it is undone
            current.revoke();
        }
        if (undoMarks()) {
            ledger.file().gate().awaitWriters();
        } else {
            ledger.release(ledger.change(this::undoJournal));
        }
    }

    @Override
    public long close() {
        String heir = "leaked: " + owner();
        return ledger.change(() -> {
            requireIdle();
            end();
            blocks.forEach(extent -> {
                if (extent.restored) {
                    blocks.move(extent, pool().blocks);
                    extent.restored = false;
                }
            });
            long leaked = blocks.pages();
            if (leaked > 0) {
                BlockList heirs = scopes.pool(heir).blocks;
                blocks.forEach(extent -> {
                    extent.endViews();
                    extent.own = false;
                    blocks.move(extent, heirs);
                });
            }
            return leaked;
        });
    }

    @Override
    public void discard() {
        List<Extent> removed = new ArrayList<>();
        ledger.change(() -> {
            requireIdle();
            end();
            blocks.forEach(extent -> removed.add(ledger.remove(extent)));
        });
        ledger.release(removed);
    }

    @Override
    public void reset() {
        synchronized (ledger.lock) {
            requireIdle();
            attachment++;
            blocks.forEach(extent -> {
                extent.endViews();
                extent.restored = false;
                extent.own = false;
            });
        }
        ledger.file().gate().awaitWriters();
    }

    @Override
    public void usePool(Pool next) {
        synchronized (ledger.lock) {
            requireIdle();
            pool = scopes.own(next);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String owner() {
        return blocks.owner();
    }

    @Override
    public OwnerPool pool() {
        synchronized (ledger.lock) {
            if (pool == null) {
                pool = scopes.pool(owner());
            }
            return pool;
        }
    }

    @Override
    public Region allocPreserve(long size) {
        return access.allocPreserve(size);
    }

    @Override
    public Region allocPreserve(long size, Secrecy secrecy) {
        return access.allocPreserve(size, secrecy);
    }

    @Override
    public void unpreserveFree(long address) {
        access.unpreserveFree(address);
    }

    @Override
    public void preserve(long address) {
        access.preserve(address);
    }

    @Override
    public void unpreserve(long address) {
        access.unpreserve(address);
    }

    @Override
    public Region restore(long address) {
        return access.restore(address);
    }

    @Override
    public void restoreFree(long address) {
        access.restoreFree(address);
    }

    @Override
    public Region region(long address) {
        return access.region(address);
    }

    @Override
    public void requireIntact() {
        access.requireIntact();
    }

    @Override
    public long pages() {
        return access.pages();
    }

    @Override
    public List<Block> blocks() {
        return access.blocks();
    }

    /** What an image says about this scope; with the lock held. What an open callback has freed still counts. */
    ScopeState state(Summing summing) {
        BlockTable.Builder table = new BlockTable.Builder(carriedBlocks());
        forEachCarried(extent -> summing.describe(extent, table));
        return new ScopeState(id, owner(), table.build());
    }

    /** How many blocks an image carries; with the lock held. */
    int carriedBlocks() {
        return blocks.blocks() + (journal == null ? 0 : journal.freed().blocks());
    }

    /** All blocks that an image carries; with the lock held. */
    void forEachCarried(Consumer<Extent> action) {
        blocks.forEach(action);
        if (journal != null) {
            journal.freed().forEach(action);
        }
    }

    /** Whether a block is small enough to be verified while somebody waits for it; with the lock held. */
    boolean isVerifiedAtOnce(Extent extent) {
        long bytes = verifiedAtOnce + Pages.bytes(extent.order);
        if (bytes > ledger.verifiedAtOnceBytes()) {
            return false;
        }
        verifiedAtOnce = bytes;
        return true;
    }

    /** Pages of all its blocks, those included that an open callback has freed; with the lock held. */
    long totalPages() {
        return blocks.pages() + (journal == null ? 0 : journal.freed().pages());
    }

    /** With the lock held. */
    void requireOpen() {
        if (ended) {
            throw new KhoException(Reason.INVALID, "scope " + id + " of " + owner() + " has ended");
        }
    }

    /** Undoes a journal that changed no owners, so needs not pass the gate; false if it did. */
    private boolean undoMarks() {
        synchronized (ledger.lock) {
            requireJournal();
            if (!journal.changesOwners()) {
                undoJournal();
                return true;
            }
            return false;
        }
    }

    private List<Extent> commitJournal() {
        requireJournal();
        List<Extent> removed = journal.commit(ledger);
        journal = null;
        return removed;
    }

    private List<Extent> undoJournal() {
        requireJournal();
        List<Extent> removed = journal.undo(ledger);
        journal = null;
        return removed;
    }

    private void end() {
        ended = true;
        attachment++;
        scopes.remove(this);
    }

    private void requireIdle() {
        requireOpen();
        if (journal != null) {
            throw new KhoException(Reason.INVALID, "a callback for scope " + id + " of " + owner()
                    + " has not returned: commit or roll back first");
        }
    }

    private void requireJournal() {
        if (journal == null) {
            throw new KhoException(Reason.INVALID, "no callback for scope " + id + " of " + owner() + " is open");
        }
    }
}
