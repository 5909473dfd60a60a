package org.liveupdate.core.luo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Side;

/** The gate for handles, which works without a lock: entering, leaving, opening and closing are one step each. */
@Param(name = "open", gen = BooleanGen.class)
@Param(name = "thread", gen = ThreadIdGen.class)
public class HandleGateLincheckTest {
    private final HandleGate gate = new HandleGate(
            new FlbRuntime("a", new KernelNull(), Module.builtIn("provider")), Side.OUTGOING,
            Module.builtIn("asker"));
    /** How often each thread entered and did not leave. */
    private final Map<Integer, Integer> inside = new ConcurrentHashMap<>();

    @Operation
    public boolean tryEnter(@Param(name = "thread") int thread) {
        boolean entered = gate.tryEnter();
        if (entered) {
            inside.merge(thread, 1, Integer::sum);
        }
        return entered;
    }

    /** Nobody leaves who did not enter. */
    @Operation
    public String leave(@Param(name = "thread") int thread) {
        if (inside.getOrDefault(thread, 0) == 0) {
            return "not inside";
        }
        inside.merge(thread, -1, Integer::sum);
        return "settle: " + gate.leave();
    }

    @Operation
    public void open(@Param(name = "open") boolean open) {
        gate.open(open);
    }

    @Operation
    public void revoke() {
        gate.revoke();
    }

    @Operation
    public boolean isRevoked() {
        return gate.isRevoked();
    }

    @Operation
    public int count() {
        return gate.count();
    }

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(HandleGateLincheckTest.class);
    }

    @Test
    void isLinearizableWhereverThreadsSwitch() {
        Linearizability.modelCheck(HandleGateLincheckTest.class, 1000);
    }
}
