package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** Many files, many threads. */
interface FlbUseRules<T> extends FlbRules<T> {
    @Test
    default void differentChangesLeadToDifferentStates() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        assertNotEquals(state, scene().changed(Side.OUTGOING, 2));
    }

    private void preserveAndUnpreserve(int thread) throws Exception {
        for (int round = 0; round < 50; round++) {
            Session session = scene().createSession("thread " + thread + ", round " + round);
            scene().preserve(session, 2);
            scene().state(Side.OUTGOING);
            scene().close(session);
        }
    }

    private void inThreads() throws Exception {
        List<Threads.Work> works = new ArrayList<>();
        for (int thread = 1; thread <= 4; thread++) {
            int number = thread;
            works.add(() -> preserveAndUnpreserve(number));
        }
        Threads.run(works);
    }

    @Test
    default void filesOfManyThreadsComeAndGoWhileItIsPreserved() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        inThreads();
        assertEquals(state, scene().state(Side.OUTGOING));
        assertEquals(1, scene().count(Callback.PRESERVE), "preserved");
    }

    @Test
    default void theFirstAndTheLastFileAreThoseOfAnyThread() throws Exception {
        inThreads();
        assertEquals(scene().count(Callback.PRESERVE), scene().count(Callback.UNPRESERVE), "unpreserved");
        assertEquals(0, scene().pages(), "pages of handover memory");
    }
}
