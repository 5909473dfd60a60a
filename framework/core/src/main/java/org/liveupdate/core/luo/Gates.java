package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Side;

/** All gates to one side of one FLB. Guarded by the core lock. */
final class Gates {
    private final FlbRuntime flb;
    private final Side side;
    private final List<HandleGate> gates = new ArrayList<>();

    Gates(FlbRuntime flb, Side side) {
        this.flb = flb;
        this.side = side;
    }

    HandleGate newGate(Module asker) {
        gates.removeIf(HandleGate::isRevoked);
        HandleGate gate = new HandleGate(flb, side, asker);
        gates.add(gate);
        return gate;
    }

    /** All handles count as closed from now on, and answer so. */
    void revoke() {
        gates.forEach(HandleGate::revoke);
        gates.clear();
    }

    /** Which bundles have handles open. */
    List<Module> holders() {
        return gates.stream().filter(gate -> gate.count() > 0).map(gate -> gate.asker).toList();
    }

    void open(boolean open) {
        for (HandleGate gate : gates) {
            gate.open(open);
        }
    }

    /** Handles that are open, by all bundles. */
    int count() {
        int count = 0;
        for (HandleGate gate : gates) {
            count += gate.count();
        }
        return count;
    }
}
