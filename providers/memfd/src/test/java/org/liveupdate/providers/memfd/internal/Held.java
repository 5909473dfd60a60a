package org.liveupdate.providers.memfd.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;

/** One file in a session: calls the handler as the core does, in that order and with that treatment of memory. */
final class Held {

    static final MemfdHandler HANDLER = new MemfdHandler();
    static final MemfdHandler V1_HANDLER = new MemfdV1Handler();
    static final long TOKEN = 7;

    private final MemfdHandler handler;
    final Side side;
    final ScopeControl scope;
    long data;
    MemfdFile file;
    private RetrieveStatus status = RetrieveStatus.NOT_TRIED;

    private Held(MemfdHandler handler, Side side, ScopeControl scope, long data, MemfdFile file) {
        this.handler = handler;
        this.side = side;
        this.scope = scope;
        this.data = data;
        this.file = file;
    }

    static Held preserve(Generation generation, Object object) throws LiveUpdateException {
        return preserve(HANDLER, generation, object);
    }

    static Held preserve(MemfdHandler handler, Generation generation, Object object) throws LiveUpdateException {
        MemfdFile file = (MemfdFile) object;
        handler.hold(file);
        ScopeControl scope = generation.memory.newScope("file 7 of s (memfd)", generation.pool());
        Held held = new Held(handler, Side.OUTGOING, scope, 0, file);
        try {
            held.data = handler.preserve(held.begin(true, Reason.HANDOVER), file).data();
        } catch (LiveUpdateException | RuntimeException e) {
            scope.rollback();
            scope.discard();
            handler.release(file);
            throw e;
        }
        scope.commit();
        return held;
    }

    static Held inherit(Generation successor, long scopeId, long data) {
        return inherit(HANDLER, successor, scopeId, data);
    }

    static Held inherit(MemfdHandler handler, Generation successor, long scopeId, long data) {
        ScopeControl scope = successor.memory.scope(scopeId);
        scope.usePool(successor.pool());
        return new Held(handler, Side.INCOMING, scope, data, null);
    }

    Held inheritedBy(Generation successor) {
        return inherit(handler, successor, scope.id(), data);
    }

    private TestContext begin(boolean mayFree, Reason reason) {
        return new TestContext(scope.begin(mayFree), side, reason, "s", TOKEN);
    }

    /** Returns how many pages were left behind. */
    long unpreserve() {
        handler.unpreserve(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
        long leaked = scope.close();
        handler.release(file);
        return leaked;
    }

    void freeze() throws LiveUpdateException {
        data = handler.freeze(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
    }

    void unfreeze() {
        handler.unfreeze(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
    }

    MemfdFile retrieve() throws LiveUpdateException {
        return retrieve(Reason.HANDOVER);
    }

    private MemfdFile retrieve(Reason reason) throws LiveUpdateException {
        try {
            file = handler.retrieve(begin(false, reason), data);
        } catch (LiveUpdateException | RuntimeException e) {
            scope.rollback();
            status = RetrieveStatus.failed(e instanceof LiveUpdateException failure ? failure.errno() : Errno.EIO);
            throw e;
        }
        scope.commit();
        handler.hold(file);
        status = RetrieveStatus.RETRIEVED;
        return file;
    }

    /** The provider leaves, and comes back. */
    MemfdFile swap() throws LiveUpdateException {
        handler.detach(begin(true, Reason.ATTACH), file, data, null);
        scope.commit();
        scope.reset();
        return retrieve(Reason.ATTACH);
    }

    /** The provider leaves without being asked, because it outlasted its deadline, and comes back. */
    MemfdFile revoked() throws LiveUpdateException {
        scope.reset();
        return retrieve(Reason.ATTACH);
    }

    /** Returns how many pages were left behind. */
    long finish() {
        handler.finish(begin(true, Reason.HANDOVER), file, data, status);
        scope.commit();
        long leaked = scope.close();
        if (file != null) {
            handler.release(file);
        }
        return leaked;
    }
}
