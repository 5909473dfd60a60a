package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.List;

/**
 * What one callback did to its scope, so that it can be undone. Guarded by the ledger's lock.
 *
 * <p>Each step says how the block was before it. Undoing runs in reverse, so each step finds the block as it left it.
 */
final class Journal {

    private enum Kind {
        ALLOCATED, PRESERVED, UNPRESERVED, FREED, RESTORED
    }

    private record Step(Kind kind, Extent extent, boolean restored, boolean own) {}

    private final PreservedScope scope;
    private final boolean mayFree;
    private final List<Step> steps = new ArrayList<>();
    /** Out of the callback's reach, but there to be brought back. */
    private final BlockList freed;
    private boolean changesOwners;

    Journal(PreservedScope scope, boolean mayFree) {
        this.scope = scope;
        this.mayFree = mayFree;
        this.freed = new BlockList(scope.owner());
    }

    boolean mayFree() {
        return mayFree;
    }

    BlockList freed() {
        return freed;
    }

    /** Whether undoing it gives a block to another owner, rather than only clearing marks. */
    boolean changesOwners() {
        return changesOwners;
    }

    /** A block was allocated in the scope. */
    void allocated(Extent extent) {
        record(Kind.ALLOCATED, extent);
    }

    /** A block of the pool is about to enter the scope. */
    void preserving(Extent extent) {
        record(Kind.PRESERVED, extent);
    }

    /** A block is about to leave the scope for the pool: nobody else may have it before the callback has returned. */
    void unpreserving(Extent extent) {
        record(Kind.UNPRESERVED, extent);
        extent.journal = this;
    }

    /** A block leaves the scope to be freed when the callback has returned. */
    void free(Extent extent) {
        record(Kind.FREED, extent);
        extent.endViews();
        scope.blocks.move(extent, freed);
    }

    /** A block is about to be marked restored. */
    void restoring(Extent extent) {
        record(Kind.RESTORED, extent);
    }

    /** Lets everything stand. Returns the blocks that are to be released. */
    List<Extent> commit(Ledger ledger) {
        List<Extent> removed = new ArrayList<>();
        for (Step step : steps) {
            if (step.kind == Kind.UNPRESERVED) {
                step.extent.journal = null;
            }
        }
        freed.forEach(extent -> removed.add(ledger.remove(extent)));
        return removed;
    }

    /** Undoes everything. Returns the blocks that are to be released. */
    List<Extent> undo(Ledger ledger) {
        List<Extent> removed = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            Extent extent = step.extent;
            switch (step.kind) {
                case ALLOCATED -> removed.add(ledger.remove(extent));
                case PRESERVED -> extent.list.move(extent, scope.pool().blocks);
                case UNPRESERVED, FREED -> {
                    extent.list.move(extent, scope.blocks);
                    extent.journal = null;
                }
                case RESTORED -> extent.endViews();
            }
            extent.restored = step.restored;
            extent.own = step.own;
        }
        return removed;
    }

    private void record(Kind kind, Extent extent) {
        steps.add(new Step(kind, extent, extent.restored, extent.own));
        changesOwners |= kind != Kind.RESTORED;
    }
}
