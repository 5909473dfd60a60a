package org.liveupdate.core.luo;

import org.liveupdate.kho.ScopeControl;

/**
 * A file that an outgoing session preserves. It remembers which handler took it and which FLBs it acquired, in order,
 * and releases exactly those, whatever is linked or registered later.
 */
final class HeldFile {
    final long token;
    final HandlerRuntime handler;
    final Object file;
    final Object identity;
    /** The links of the handler when the file was preserved: shared by all files preserved with the same links. */
    final FlbRuntime[] flbs;
    /** The file preserved before this one in the session, or null. */
    final HeldFile older;
    /** The handler's private value. */
    final Object object;
    /** Changed by freeze only, in the session's turn. */
    volatile long data;
    /** Null while no callback asked for memory; changed in the session's turn. */
    volatile ScopeControl scope;

    HeldFile(long token, HandlerRuntime handler, Object file, Object identity, FlbRuntime[] flbs, HeldFile older,
            long data, Object object, ScopeControl scope) {
        this.token = token;
        this.handler = handler;
        this.file = file;
        this.identity = identity;
        this.flbs = flbs;
        this.older = older;
        this.data = data;
        this.object = object;
        this.scope = scope;
    }
}
