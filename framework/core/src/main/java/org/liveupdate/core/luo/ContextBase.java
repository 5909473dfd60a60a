package org.liveupdate.core.luo;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;
import org.liveupdate.kho.ScopeControl;

/**
 * One callback's view of the core. Its memory scope is opened when the callback first asks for it; what the callback did
 * there is kept by {@link #succeeded()} or undone by {@link #failed()}.
 */
abstract class ContextBase implements CallbackContext {
    /** Whether the callback may give memory back. */
    enum Freeing {
        ALLOWED, REFUSED
    }

    private final Orchestrator core;
    private final String compatible;
    private final Module module;
    private final Side side;
    private final Reason reason;
    private final Freeing freeing;
    private final long inheritedScope;
    /** The scope there was before the callback, or null. */
    private final ScopeControl before;
    /** Whether the callback asked for memory, or was given up: only then is there anything to guard. */
    private volatile boolean touched;
    /** The scope, if there was one before the callback or it asked for one; guarded by this. */
    private ScopeControl scope;
    /** Guarded by this. */
    private boolean created;
    /** What the callback was given, while its journal is open; guarded by this. */
    private Scope lent;
    /** Set when the callback was given up: what it does from then on has no effect; guarded by this. */
    private boolean abandoned;
    /** Set when the callback has returned. Not guarded: it is there to refuse a provider that kept this, not to count. */
    private boolean over;

    ContextBase(Orchestrator core, String compatible, Module module, Side side, Reason reason, Freeing freeing,
            ScopeControl scope, long inheritedScope) {
        this.core = core;
        this.compatible = compatible;
        this.module = module;
        this.side = side;
        this.reason = reason;
        this.freeing = freeing;
        this.before = scope;
        this.scope = scope;
        this.inheritedScope = inheritedScope;
    }

    /** What the scope is called in reports. */
    abstract String scopeOwner();

    final Orchestrator core() {
        return core;
    }

    /** The callback succeeded: returns the scope to remember, or null. */
    final ScopeControl succeeded() {
        over = true;
        return touched ? commit() : before;
    }

    private synchronized ScopeControl commit() {
        if (lent != null) {
            scope.commit();
            lent = null;
        }
        return scope;
    }

    /** The callback failed: its scope is as it was before; returns the scope to remember, or null. */
    final synchronized ScopeControl failed() {
        over = true;
        if (lent != null) {
            scope.rollback();
            lent = null;
        }
        if (created) {
            scope.discard();
            scope = null;
        }
        return scope;
    }

    /** The callback ended the life of what the scope belongs to. */
    final void ended() {
        over = true;
        if (touched || before != null || inheritedScope != 0) {
            close();
        }
    }

    private void close() {
        long leaked = 0;
        try {
            leaked = closeScope();
        } catch (LiveUpdateException e) {
            notFreed(e.errno(), e);
        } catch (KhoException e) {
            notFreed(Callbacks.errno(e), e);
        }
        if (leaked > 0) {
            core.journal().write(EventId.LEAKED, scopeOwner(), scopeOwner() + " left " + leaked
                    + " pages of handover memory behind; they stay allocated until this generation ends");
        }
    }

    private void notFreed(Errno errno, Exception e) {
        core.journal().write(EventId.NOT_FREED, scopeOwner(), errno,
                scopeOwner() + " ended without its memory: " + e.getMessage());
    }

    /** Gives back what the callback has not; returns how many pages were left behind. */
    private synchronized long closeScope() throws LiveUpdateException {
        if (abandoned) {
            return 0;
        }
        commit();
        if (scope == null && inheritedScope != 0) {
            scope = core.memory().inherited(inheritedScope, module);
        }
        return scope == null ? 0 : scope.close();
    }

    /**
     * The callback is given up.
     *
     * @param lastOfAll
     *            whether it was to end the life of what the scope belongs to
     */
    final void abandon(boolean lastOfAll) {
        touched = true;
        failed();
        if (lastOfAll) {
            close();
        }
        giveUp();
    }

    private synchronized void giveUp() {
        abandoned = true;
        scope = null;
    }

    @Override
    public final String compatible() {
        return compatible;
    }

    @Override
    public final Side side() {
        return side;
    }

    @Override
    public final Reason reason() {
        return reason;
    }

    @Override
    public final synchronized Scope memory() throws LiveUpdateException {
        touched = true;
        if (abandoned) {
            throw new LiveUpdateException(Errno.ETIMEDOUT,
                    scopeOwner() + ": this callback outlasted its deadline and was given up");
        }
        if (over) {
            throw new LiveUpdateException(Errno.EINVAL, scopeOwner() + ": this callback has returned");
        }
        if (lent == null) {
            if (inheritedScope != 0) {
                scope = core.memory().inherited(inheritedScope, module);
            } else if (scope == null) {
                scope = core.memory().create(scopeOwner(), module);
                created = true;
            }
            lent = scope.begin(freeing == Freeing.ALLOWED);
        }
        return lent;
    }

    @Override
    public final Pool pool() throws LiveUpdateException {
        return core.memory().pool(module);
    }

    @Override
    public final <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return core.handles().get(key, Side.OUTGOING, module);
    }

    @Override
    public final <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        return core.handles().get(key, Side.INCOMING, module);
    }
}
