package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.ScopeControl;

/** Handover memory, once there is some. */
final class HandoverAccess {
    private volatile HandoverMemory memory;

    void attach(HandoverMemory attached) {
        memory = attached;
    }

    HandoverMemory orNull() {
        return memory;
    }

    private HandoverMemory required() throws LiveUpdateException {
        HandoverMemory attached = memory;
        if (attached == null) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, "there is no handover memory in this generation (yet)");
        }
        return attached;
    }

    Pool pool(Module module) throws LiveUpdateException {
        return required().pool(module.name());
    }

    ScopeControl create(String owner, Module module) throws LiveUpdateException {
        return required().newScope(owner, pool(module));
    }

    /** Frees a scope: the one that is open, or else the one that came with the image under a number other than 0. */
    void discard(long id, ScopeControl open) throws LiveUpdateException {
        try {
            if (open != null) {
                open.discard();
            } else if (id != 0) {
                required().scope(id).discard();
            }
        } catch (KhoException e) {
            throw new LiveUpdateException(Callbacks.errno(e), e.getMessage());
        }
    }

    /** Blocks of a scope come from, and return to, the pool of its next owner. */
    void handOver(ScopeControl scope, Module next) {
        if (scope != null) {
            scope.usePool(memory.pool(next.name()));
        }
    }

    /** A scope that came with the image and goes on as outgoing; null for number 0, and if there is none. */
    ScopeControl resumed(long id) {
        HandoverMemory attached = memory;
        try {
            return id == 0 || attached == null ? null : attached.scope(id);
        } catch (KhoException e) {
            return null; // whoever retrieves it finds no memory, and says so
        }
    }

    /** A scope that came with the image, for whoever owns its FLB or file now. */
    ScopeControl inherited(long id, Module module) throws LiveUpdateException {
        ScopeControl scope = required().scope(id);
        scope.usePool(pool(module));
        return scope;
    }
}
