package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.liveupdate.api.Side;

/**
 * A bundle as the one that opens handles: its gates, by the name of the FLB. The threads of a bundle are spread over a
 * few gates to the same FLB, so that they do not wait for each other's counting.
 */
final class Holder {
    /** A power of two: threads are numbered, and neighbours in number come to different gates. */
    private static final int SPREAD = 4;

    private final Module bundle;
    private final List<Map<String, HandleGate>> outgoing = newGates();
    private final List<Map<String, HandleGate>> incoming = newGates();

    private static List<Map<String, HandleGate>> newGates() {
        return Stream.generate(() -> (Map<String, HandleGate>) new ConcurrentHashMap<String, HandleGate>())
                .limit(SPREAD).toList();
    }

    Holder(Module bundle) {
        this.bundle = bundle;
    }

    private Map<String, HandleGate> gates(Side side) {
        int mine = (int) Thread.currentThread().getId() & SPREAD - 1;
        return (side == Side.OUTGOING ? outgoing : incoming).get(mine);
    }

    /** The gate through which this thread would go, or null; it may be closed, or of an FLB that is gone. */
    HandleGate last(Side side, String name) {
        return gates(side).get(name);
    }

    /** The gate to an FLB for this thread; the core lock is held. */
    HandleGate gateLocked(FlbRuntime flb, Side side) {
        HandleGate gate = gates(side).get(flb.compatible());
        if (gate == null || gate.flb != flb || gate.isRevoked()) {
            gate = flb.newGateLocked(side, bundle);
            gates(side).put(flb.compatible(), gate);
        }
        return gate;
    }

    /** The bundle is gone; returns the gates it used. The core lock is held. */
    List<HandleGate> revokeAllLocked() {
        List<HandleGate> revoked = new ArrayList<>();
        Stream.concat(outgoing.stream(), incoming.stream()).forEach(gates -> {
            gates.values().forEach(HandleGate::revoke);
            revoked.addAll(gates.values());
            gates.clear();
        });
        return revoked;
    }
}
