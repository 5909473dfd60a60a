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
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;

/**
 * The incoming life cycle of one FLB that two files of two sessions hold, under two threads that retrieve and finish the
 * files and open and close handles.
 */
@Param(name = "session", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
public class IncomingLincheckTest {
    private static final List<String> FLBS = List.of("a");

    private final Generation generation = Generation.first();
    private final List<IncomingSession> sessions = new ArrayList<>();
    private final Map<Integer, Deque<FlbHandle<String>>> handles = new ConcurrentHashMap<>();

    public IncomingLincheckTest() throws LiveUpdateException {
        generation.core.handover().inherit(new ImageModel(1, List.of(new FlbEntry("a", 7, 2, 0, "a")),
                List.of(session("s0"), session("s1"))));
        generation.handler("h", generation.flb("a"));
        generation.module("test");
        for (int i = 0; i < 2; i++) {
            sessions.add(generation.incomingSession("s" + i));
        }
    }

    private static SessionEntry session(String name) {
        return new SessionEntry(name, List.of(new FileEntry("h", 1, 1, FLBS, 0, "h")));
    }

    @Operation
    public String retrieve(@Param(name = "session") int session) {
        return result(() -> "retrieved " + generation.core.agents().retrieve(sessions.get(session), 1));
    }

    @Operation
    public String finish(@Param(name = "session") int session) {
        return result(() -> {
            generation.core.agents().finish(sessions.get(session));
            return "finished";
        });
    }

    @Operation
    public String close(@Param(name = "session") int session) {
        return result(() -> generation.core.agents().close(sessions.get(session)).isPresent() ? "refused" : "closed");
    }

    @Operation
    public String open(@Param(name = "thread") int thread) {
        return result(() -> {
            FlbHandle<String> handle = generation.get("a", Side.INCOMING);
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

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(IncomingLincheckTest.class);
    }

    @Test
    void isLinearizableWhereverThreadsSwitch() {
        Linearizability.modelCheck(IncomingLincheckTest.class, 8);
    }
}
