package org.liveupdate.core.luo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.liveupdate.kho.ScopeControl;

/**
 * A file that an outgoing session preserves. It remembers which handler took it and which FLBs it acquired, in order,
 * and releases exactly those, whatever is linked or registered later.
 */
final class HeldFile {
    private static final VarHandle DATA;
    private static final VarHandle SCOPE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DATA = lookup.findVarHandle(HeldFile.class, "data", long.class);
            SCOPE = lookup.findVarHandle(HeldFile.class, "scope", ScopeControl.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long token;
    /** What the handler's FLBs were when the file was preserved: shared by all files that hold the same. */
    final OutgoingFlb[] flbs;
    /** Who serves it, or served it last. This and what follows is written under the core lock, in the turn or not. */
    private HandlerRuntime handler;
    /** Null while it is detached. */
    private Object file;
    private Object identity;
    /** The handler's private value. */
    private Object object;
    /**
     * Changed in the session's turn, by freeze and what takes it back. Not volatile, because the constructor would pay
     * two fences for that: the session publishes a new file, and later values are written with release.
     */
    private long data;
    /** Null while no callback asked for memory; written like {@link #data}. */
    private ScopeControl scope;

    HeldFile(long token, HandlerRuntime handler, Object file, Object identity, OutgoingFlb[] flbs, long data,
            Object object, ScopeControl scope) {
        this.token = token;
        this.handler = handler;
        this.file = file;
        this.identity = identity;
        this.flbs = flbs;
        this.data = data;
        this.object = object;
        this.scope = scope;
    }

    HandlerRuntime handler() {
        return handler;
    }

    Object file() {
        return file;
    }

    Object identity() {
        return identity;
    }

    Object object() {
        return object;
    }

    boolean isDetached() {
        return file == null;
    }

    /** Its handler has left: nothing of that bundle is kept here. */
    void detach() {
        file = null;
        identity = null;
        object = null;
    }

    /** Another handler has retrieved it. */
    void attach(HandlerRuntime next, Object retrieved, Object itsIdentity) {
        handler = next;
        file = retrieved;
        identity = itsIdentity;
    }

    long data() {
        return (long) DATA.getAcquire(this);
    }

    void data(long value) {
        DATA.setRelease(this, value);
    }

    ScopeControl scope() {
        return (ScopeControl) SCOPE.getAcquire(this);
    }

    void scope(ScopeControl value) {
        SCOPE.setRelease(this, value);
    }
}
