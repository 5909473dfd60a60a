package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Side;

/** A bundle as the one that opens handles: its gates, by the name of the FLB. */
final class Holder {
    private final Map<String, HandleGate> outgoing = new ConcurrentHashMap<>();
    private final Map<String, HandleGate> incoming = new ConcurrentHashMap<>();

    private Map<String, HandleGate> gates(Side side) {
        return side == Side.OUTGOING ? outgoing : incoming;
    }

    /** The gate through which this bundle went last, or null; it may be closed, or of an FLB that is gone. */
    HandleGate last(Side side, String name) {
        return gates(side).get(name);
    }

    /** The gate to an FLB; the core lock is held. */
    HandleGate gateLocked(FlbRuntime flb, Side side) {
        HandleGate gate = gates(side).get(flb.compatible());
        if (gate == null || gate.flb != flb || gate.isRevoked()) {
            gate = flb.newGateLocked(side);
            gates(side).put(flb.compatible(), gate);
        }
        return gate;
    }

    /** The bundle is gone; returns the gates it used. The core lock is held. */
    List<HandleGate> revokeAllLocked() {
        List<HandleGate> revoked = new ArrayList<>();
        for (Map<String, HandleGate> side : List.of(outgoing, incoming)) {
            side.values().forEach(gate -> {
                gate.revoke();
                revoked.add(gate);
            });
            side.clear();
        }
        return revoked;
    }
}
