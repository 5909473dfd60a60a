package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** What is left of something that failed: nothing, and everything else is as it was. */
interface FlbFailureRules<T> extends FlbRules<T> {
    /** Something that can fail because of memory that was made to fail. */
    private boolean failsAt(Callback callback, int n, Threads.Work work) throws Exception {
        scene().faults().strikeAt(scene().callback(callback), n);
        try {
            work.run();
        } catch (LiveUpdateException e) {
            assertTrue(scene().faults().disarm(), () -> callback + " fails although nothing was made to fail: " + e);
            return true;
        }
        return scene().faults().disarm();
    }

    @Test
    default void memoryThatEndsDuringPreserveLeavesNothing() throws Exception {
        Session session = scene().createSession(FlbScene.SESSION);
        for (int n = 1; failsAt(Callback.PRESERVE, n, () -> scene().preserve(session, 1)); n++) {
            assertEquals(0, scene().pages(), "pages of handover memory after failing at allocation " + n);
        }
    }

    @Test
    default void anObjectThatCannotBeRetrievedIsGivenUpAsAWhole() throws Exception {
        int n = 0;
        boolean failed;
        do {
            n++;
            scene().preserve(FlbScene.SESSION);
            scene().changed(Side.OUTGOING, n);
            scene().handOver();
            failed = failsAt(Callback.RETRIEVE, n, () -> scene().open(Side.INCOMING).close());
            scene().close(scene().retrieveSession(FlbScene.SESSION));
            if (failed && scene().count(Callback.FINISH) == 0) {
                scene().generation().workload().discard(scene().compatible());
            }
            assertEquals(0, scene().pages(), "pages of handover memory after failing at access " + n);
        } while (failed);
    }

    @Test
    default void aSiblingThatFailsLeavesNothing() throws Exception {
        scene().linkFailingFlb();
        Session session = scene().createSession(FlbScene.SESSION);
        assertThrows(LiveUpdateException.class, () -> scene().preserve(session, 1));
        scene().unlinkFailingFlb();
        assertEquals(0, scene().pages(), "pages of handover memory");
        scene().preserve(session, 1);
    }

    @Test
    default void aFileThatFailsLeavesNothing() throws Exception {
        Session session = scene().createSession(FlbScene.SESSION);
        KitFile file = new KitFile(scene().handler().compatible(), 1);
        scene().handler().refusePreserve(Errno.EIO);
        assertThrows(LiveUpdateException.class, () -> session.preserve(1, file));
        scene().handler().refusePreserve(null);
        assertEquals(0, scene().pages(), "pages of handover memory");
        session.preserve(1, file);
    }

    @Test
    default void memoryThatEndsDuringFreezeIsAVetoThatLeavesEverythingAsItWas() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        long pages = scene().pages();
        for (int n = 1; failsAt(Callback.FREEZE, n, scene().generation()::freezeAndTakeBack); n++) {
            String where = "after failing at allocation " + n;
            assertEquals(pages, scene().pages(), () -> "pages of handover memory " + where);
            assertEquals(state, scene().state(Side.OUTGOING), where);
        }
    }

    @Test
    default void anUpdateThatIsTakenBackLeavesEverythingAsItWas() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().generation().freezeAndTakeBack();
        assertEquals(state, scene().state(Side.OUTGOING), "taken back");
        Object changed = scene().changed(Side.OUTGOING, 2);
        scene().handOver();
        assertEquals(changed, scene().state(Side.INCOMING), "after the next update");
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    /** Ends everything in every way that cannot be refused. */
    private void endInEveryWay() throws Exception {
        Session session = scene().preserve(FlbScene.SESSION);
        scene().generation().freezeAndTakeBack();
        scene().leave();
        scene().comeBack();
        scene().close(session);
        scene().preserve(FlbScene.SESSION);
        scene().handOver();
        scene().open(Side.INCOMING).close();
        scene().leave();
        scene().comeBack();
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    @Test
    default void callbacksThatReturnNothingNeverThrow() throws Exception {
        endInEveryWay();
        assertEquals("", String.join("\n", scene().calls().thrown()));
    }

    @Test
    default void endingNeedsNoMemory() throws Exception {
        Set<String> endings = Stream.of(Callback.UNPRESERVE, Callback.UNFREEZE, Callback.FINISH)
                .map(scene()::callback).collect(Collectors.toSet());
        scene().faults().starve(endings);
        endInEveryWay();
        assertEquals(0, scene().pages(), "pages of handover memory");
    }
}
