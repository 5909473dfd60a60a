package org.liveupdate.core.luo;

import static org.liveupdate.core.luo.Linearizability.result;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/**
 * The outgoing life cycle of one FLB under two threads that preserve and close files, open and close handles, while its
 * module goes. The object says how often it was preserved.
 */
@Param(name = "session", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
public class OutgoingLincheckTest {
    private final Generation generation = Generation.first();
    private final Orchestrator core = generation.core;
    private final List<OutgoingSession> sessions = new ArrayList<>();
    private final Map<Integer, Deque<FlbHandle<String>>> handles = new ConcurrentHashMap<>();

    public OutgoingLincheckTest() throws LiveUpdateException {
        generation.handler("h", generation.flb("a"));
        generation.module("test");
        for (int i = 0; i < 2; i++) {
            sessions.add(generation.session("s" + i));
        }
    }

    @Operation
    public String preserve(@Param(name = "session") int session) {
        return result(() -> {
            generation.preserve(sessions.get(session), 1, "h");
            return "preserved";
        });
    }

    @Operation
    public String close(@Param(name = "session") int session) {
        return result(() -> {
            core.agents().close(sessions.get(session));
            return "closed";
        });
    }

    @Operation
    public String open(@Param(name = "thread") int thread) {
        return result(() -> {
            FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
            handles.computeIfAbsent(thread, key -> new ArrayDeque<>()).push(handle);
            return handle.get();
        });
    }

    @Operation
    public String closeHandle(@Param(name = "thread") int thread) {
        return result(() -> {
            FlbHandle<String> handle = handles.getOrDefault(thread, new ArrayDeque<>()).poll();
            if (handle == null) {
                return "none is open";
            }
            handle.close();
            return "closed";
        });
    }

    @Operation
    public void going() {
        generation.module("a", Module.State.GOING);
    }

    @Operation
    public void live() {
        generation.module("a", Module.State.LIVE);
    }

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(OutgoingLincheckTest.class);
    }

    @Test
    void isLinearizableWhereverThreadsSwitch() {
        Linearizability.modelCheck(OutgoingLincheckTest.class, 15);
    }
}
