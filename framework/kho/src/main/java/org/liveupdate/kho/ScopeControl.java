package org.liveupdate.kho;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A scope as the core holds it: with the journal around each callback and the ways a scope ends.
 *
 * <p>While a journal is open, everything done to this scope can be undone as a whole. Blocks that a callback frees are
 * out of its reach at once, and really freed by {@link #commit()}.
 *
 * <p>While the memory is frozen or fenced, whatever would change the owner of a block is refused; {@link #begin},
 * {@link #commit}, {@link #reset} and restoring are not, because they change nothing that an image holds.
 */
@ProviderType
public interface ScopeControl extends Scope {

    /**
     * Opens the journal of one callback.
     *
     * @param mayFree false inside retrieve: {@link #unpreserveFree}, {@link #unpreserve} and {@link #restoreFree} are
     *        refused until the journal is closed
     * @return the scope to hand to the callback: it works until {@link #rollback()} of this journal or {@link
     *         #reset()}, so that a callback that was given up cannot do anything any more
     * @throws KhoException {@code INVALID} if a journal is open or this scope has ended
     */
    Scope begin(boolean mayFree);

    /**
     * Closes the journal: what the callback did holds, and what it freed is freed.
     *
     * @throws KhoException {@code INVALID} if no journal is open; {@code FROZEN}, {@code FENCED} if blocks are to be
     *         freed while that is refused (the journal stays open)
     */
    void commit();

    /**
     * Closes the journal and undoes everything since {@link #begin}, in reverse: blocks allocated are freed, blocks
     * adopted or given back return to where they were, blocks freed are there again, restored marks are cleared. Views
     * of allocated, freed and restored blocks end.
     *
     * @throws KhoException {@code INVALID} if no journal is open; {@code FROZEN}, {@code FENCED} if blocks would change
     *         owners while that is refused (the journal stays open, the callback's scope is refused already)
     */
    void rollback();

    /**
     * Ends this scope after unpreserve or finish. Blocks that were restored become ordinary blocks of the pool, views
     * included. Anything else that is left becomes an ordinary block of a pool named {@code "leaked: "} + owner, which
     * nobody frees.
     *
     * @return how many pages leaked
     * @throws KhoException {@code INVALID} if a journal is open or this scope has ended
     */
    long close();

    /**
     * Ends this scope and frees all its blocks.
     *
     * @throws KhoException {@code INVALID} if a journal is open or this scope has ended
     */
    void discard();

    /**
     * The owner has left: all blocks count as inherited again, so that the next owner can restore them; all views that
     * were obtained through this scope, and all scopes that {@link #begin} returned, end.
     *
     * @throws KhoException {@code INVALID} if a journal is open or this scope has ended
     */
    void reset();

    /**
     * From now on blocks come from, and return to, another pool: the next owner's. A scope that came with an image
     * starts with the pool that has its own owner's name.
     *
     * @throws KhoException {@code INVALID} if the pool is of another memory, a journal is open, or this scope has ended
     */
    void usePool(Pool pool);
}
