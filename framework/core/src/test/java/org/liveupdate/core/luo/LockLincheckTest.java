package org.liveupdate.core.luo;

import static org.liveupdate.core.luo.Linearizability.result;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** What is read and replaced under the lock of an FLB is one step to everybody. */
public class LockLincheckTest {
    private final Generation generation = Generation.first();

    public LockLincheckTest() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"));
        generation.preserve(generation.session("s"), 1, "h");
        generation.module("test");
    }

    @Operation
    public String append() {
        return result(() -> {
            try (FlbLock<String> lock = generation.lock("a", Side.OUTGOING)) {
                String longer = lock.get() + '+';
                lock.replace(longer);
                return longer;
            }
        });
    }

    @Operation
    public String read() {
        return result(() -> {
            try (FlbHandle<String> handle = generation.get("a", Side.OUTGOING)) {
                return handle.get();
            }
        });
    }

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(LockLincheckTest.class);
    }

    @Test
    void isLinearizableWhereverThreadsSwitch() {
        Linearizability.modelCheck(LockLincheckTest.class, 8);
    }
}
