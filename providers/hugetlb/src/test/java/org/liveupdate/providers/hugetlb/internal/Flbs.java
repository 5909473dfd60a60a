package org.liveupdate.providers.hugetlb.internal;

import java.lang.reflect.Proxy;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** The life cycles of the FLB, as the core keeps them, without its finer points. */
final class Flbs {

    private static final class Life {
        private final Side side;
        private final ScopeControl scope;
        private final long data;
        private long files;
        private HugePages object;

        private Life(Side side, ScopeControl scope, long data, long files) {
            this.side = side;
            this.scope = scope;
            this.data = data;
            this.files = files;
        }
    }

    private final Generation generation;
    private Life outgoing;
    private Life incoming;
    int preserved;
    int finished;
    /** Whether asking is answered {@code ENODEV}: the FLB is not registered yet. */
    boolean absent;

    Flbs(Generation generation) {
        this.generation = generation;
    }

    /** What the previous generation left. */
    void inherit(Flbs previous) {
        if (previous.outgoing != null) {
            inherit(previous.outgoing.scope.id(), previous.outgoing.data, previous.outgoing.files);
        }
    }

    void inherit(long scopeId, long data, long files) {
        ScopeControl scope = generation.memory.scope(scopeId);
        scope.usePool(generation.pool());
        incoming = new Life(Side.INCOMING, scope, data, files);
    }

    private TestContext begin(Life life, boolean mayFree, Reason reason) {
        return new TestContext(generation, life.scope.begin(mayFree), life.side, reason);
    }

    void acquire() throws LiveUpdateException {
        if (outgoing == null) {
            ScopeControl scope = generation.memory.newScope("FLB hugetlb-v1", generation.pool());
            TestContext context = new TestContext(generation, scope.begin(true), Side.OUTGOING, Reason.HANDOVER);
            Preserved<HugePages> result;
            try {
                result = generation.flb.preserve(context);
            } catch (LiveUpdateException | RuntimeException e) {
                scope.rollback();
                scope.discard();
                throw e;
            }
            scope.commit();
            outgoing = new Life(Side.OUTGOING, scope, result.data(), 0);
            outgoing.object = result.object();
            preserved++;
        }
        outgoing.files++;
    }

    void release() {
        outgoing.files--;
        if (outgoing.files == 0) {
            generation.flb.unpreserve(begin(outgoing, true, Reason.HANDOVER), outgoing.data, outgoing.object);
            outgoing.scope.commit();
            if (outgoing.scope.close() > 0) {
                throw new AssertionError("the FLB left pages behind");
            }
            outgoing = null;
        }
    }

    void fileFinished() {
        incoming.files--;
        if (incoming.files == 0) {
            try {
                retrieve();
            } catch (LiveUpdateException e) {
                return;
            }
            generation.flb.finish(begin(incoming, true, Reason.HANDOVER), incoming.data, incoming.object);
            incoming.scope.commit();
            if (incoming.scope.close() > 0) {
                throw new AssertionError("the FLB left pages behind");
            }
            incoming = null;
            finished++;
        }
    }

    /** The provider leaves. */
    void detach() {
        for (Life life : new Life[]{outgoing, incoming}) {
            if (life != null && life.object != null) {
                generation.flb.detach(begin(life, true, Reason.ATTACH), life.data, life.object);
                life.scope.commit();
                life.scope.reset();
                life.object = null;
            }
        }
    }

    /** The provider has left without being asked, because it outlasted its deadline. */
    void revoke() {
        outgoing.scope.reset();
        outgoing.object = null;
    }

    /** The present provider takes over. */
    void attach() throws LiveUpdateException {
        if (outgoing != null) {
            outgoing.object = retrieve(outgoing, Reason.ATTACH);
        }
        if (incoming != null) {
            incoming.object = retrieve(incoming, Reason.ATTACH);
        }
    }

    private void retrieve() throws LiveUpdateException {
        if (incoming.object == null) {
            incoming.object = retrieve(incoming, Reason.HANDOVER);
        }
    }

    private HugePages retrieve(Life life, Reason reason) throws LiveUpdateException {
        try {
            HugePages object = generation.flb.retrieve(begin(life, false, reason), life.data);
            life.scope.commit();
            return object;
        } catch (LiveUpdateException | RuntimeException e) {
            life.scope.rollback();
            throw e;
        }
    }

    <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        if (outgoing == null) {
            throw new LiveUpdateException(Errno.ENOENT, "nothing is preserved");
        }
        return handle(key, outgoing.object);
    }

    <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        if (absent) {
            throw new LiveUpdateException(Errno.ENODEV, "not registered yet");
        }
        if (incoming == null) {
            throw new LiveUpdateException(Errno.ENODATA, "nothing was handed over");
        }
        retrieve();
        return handle(key, incoming.object);
    }

    private static <T> FlbHandle<T> handle(FlbKey<T> key, HugePages object) {
        return new FlbHandle<>() {
            @Override
            public T get() {
                return key.type().cast(object);
            }

            @Override
            public void close() {}
        };
    }

    /** The core's service, as far as the provider uses it. */
    LiveUpdate service() {
        return (LiveUpdate) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{LiveUpdate.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getOutgoing" -> getOutgoing((FlbKey<?>) arguments[0]);
                    case "getIncoming" -> getIncoming((FlbKey<?>) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    /** Pages counted on a side, by asking the live object; 0 if there is none. */
    long pages(Side side, long pageSize) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = side == Side.OUTGOING
                ? getOutgoing(FlbCounters.KEY)
                : getIncoming(FlbCounters.KEY)) {
            return handle.get().pages(pageSize);
        } catch (LiveUpdateException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENODATA) {
                return 0;
            }
            throw e;
        }
    }

    long scopeId() {
        return outgoing.scope.id();
    }

    ScopeControl outgoingScope() {
        return outgoing.scope;
    }

    long outgoingData() {
        return outgoing.data;
    }
}
