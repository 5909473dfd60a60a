package org.liveupdate.providers.hugetlb.internal;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;

/** One file in a session: calls FLB and handler as the core does, in that order and with that treatment of memory. */
final class Held {

    final Side side;
    final ScopeControl scope;
    long data;
    HugeMemfdFile file;
    /** What finish could not do; the core would log it. */
    final List<String> reports = new ArrayList<>();
    private final Generation generation;
    private RetrieveStatus status = RetrieveStatus.NOT_TRIED;

    private Held(Generation generation, Side side, ScopeControl scope, long data, HugeMemfdFile file) {
        this.generation = generation;
        this.side = side;
        this.scope = scope;
        this.data = data;
        this.file = file;
    }

    static Held preserve(Generation generation, Object object) throws LiveUpdateException {
        HugeMemfdFile file = (HugeMemfdFile) object;
        generation.flbs.acquire();
        generation.handler.hold(file);
        ScopeControl scope = generation.memory.newScope("file 7 of s (huge-memfd-v1)", generation.pool());
        Held held = new Held(generation, Side.OUTGOING, scope, 0, file);
        try {
            held.data = generation.handler.preserve(held.begin(true, Reason.HANDOVER), file).data();
        } catch (LiveUpdateException | RuntimeException e) {
            scope.rollback();
            scope.discard();
            generation.flbs.release();
            generation.handler.release(file);
            throw e;
        }
        scope.commit();
        return held;
    }

    static Held inherit(Generation successor, long scopeId, long data) {
        ScopeControl scope = successor.memory.scope(scopeId);
        scope.usePool(successor.pool());
        return new Held(successor, Side.INCOMING, scope, data, null);
    }

    Held inheritedBy(Generation successor) {
        return inherit(successor, scope.id(), data);
    }

    private TestContext begin(boolean mayFree, Reason reason) {
        return new TestContext(generation, scope.begin(mayFree), side, reason);
    }

    /** Returns how many pages were left behind. */
    long unpreserve() {
        generation.handler.unpreserve(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
        long leaked = scope.close();
        generation.flbs.release();
        generation.handler.release(file);
        return leaked;
    }

    void freeze() throws LiveUpdateException {
        data = generation.handler.freeze(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
    }

    void unfreeze() {
        generation.handler.unfreeze(begin(true, Reason.HANDOVER), file, data, null);
        scope.commit();
    }

    HugeMemfdFile retrieve() throws LiveUpdateException {
        return retrieve(Reason.HANDOVER);
    }

    private HugeMemfdFile retrieve(Reason reason) throws LiveUpdateException {
        try {
            file = generation.handler.retrieve(begin(false, reason), data);
        } catch (LiveUpdateException | RuntimeException e) {
            scope.rollback();
            status = RetrieveStatus.failed(e instanceof LiveUpdateException failure ? failure.errno() : Errno.EIO);
            throw e;
        }
        scope.commit();
        generation.handler.hold(file);
        status = RetrieveStatus.RETRIEVED;
        return file;
    }

    /** The provider leaves. */
    void detach() {
        generation.handler.detach(begin(true, Reason.ATTACH), file, data, null);
        scope.commit();
        scope.reset();
        generation.handler.release(file);
    }

    /** The present provider takes over. */
    HugeMemfdFile attach() throws LiveUpdateException {
        return retrieve(Reason.ATTACH);
    }

    /** Returns how many pages were left behind. */
    long finish() {
        TestContext context = begin(true, Reason.HANDOVER);
        try {
            generation.handler.finish(context, file, data, status);
        } catch (IllegalStateException e) {
            reports.add(e.getMessage());
        }
        scope.commit();
        long leaked = scope.close();
        generation.flbs.fileFinished();
        if (file != null) {
            generation.handler.release(file);
        }
        return leaked;
    }
}
