package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** What is the same after a live update. */
interface FlbUpdateRules<T> extends FlbRules<T> {
    @Test
    default void theObjectIsTheSameAfterAnUpdate() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(state, scene().state(Side.INCOMING));
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    @Test
    default void theStateIsInTheDataAlone() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOverTo(scene().afresh());
        assertEquals(state, scene().state(Side.INCOMING));
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    @Test
    default void itIsPreservedOnceAndFinishedOnceForManyFiles() throws Exception {
        scene().preserve(scene().createSession("one"), 3);
        scene().preserve(scene().createSession("two"), 2);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        scene().close(scene().retrieveSession("one"));
        assertEquals(0, scene().count(Callback.FINISH), "finished while files are left");
        assertEquals(state, scene().state(Side.INCOMING));
        scene().close(scene().retrieveSession("two"));
        assertEquals(1, scene().count(Callback.PRESERVE), "preserved");
        assertEquals(1, scene().count(Callback.RETRIEVE), "retrieved");
        assertEquals(1, scene().count(Callback.FINISH), "finished");
        assertEquals(0, scene().count(Callback.UNPRESERVE), "unpreserved");
    }

    @Test
    default void finishingWithoutAskingForTheObjectGivesTheMemoryBack() throws Exception {
        scene().preserve(FlbScene.SESSION);
        scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        scene().close(scene().retrieveSession(FlbScene.SESSION));
        assertEquals(1, scene().count(Callback.FINISH), "finished");
        assertEquals(0, scene().pages(), "pages of handover memory");
    }

    @Test
    default void itIsPreservedAgainAfterTheLastFileIsGone() throws Exception {
        for (int time = 1; time <= 3; time++) {
            Session session = scene().preserve(FlbScene.SESSION);
            Object changed = scene().changed(Side.OUTGOING, time);
            assertEquals(changed, scene().state(Side.OUTGOING), "time " + time);
            scene().close(session);
            assertEquals(time, scene().count(Callback.UNPRESERVE), "unpreserved");
            assertEquals(0, scene().pages(), "pages of handover memory");
        }
    }

    @Test
    default void bothSidesAreLiveAtOnce() throws Exception {
        scene().preserve("old");
        Object handedOver = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(handedOver, scene().state(Side.INCOMING));
        scene().preserve("new");
        Object preserved = scene().changed(Side.OUTGOING, 2);
        assertEquals(handedOver, scene().state(Side.INCOMING), "incoming");
        scene().close(scene().retrieveSession("old"));
        assertEquals(preserved, scene().state(Side.OUTGOING), "outgoing");
        scene().handOver();
        assertEquals(preserved, scene().state(Side.INCOMING), "after the next update");
        scene().close(scene().retrieveSession("new"));
    }

    @Test
    default void itsNameMayBeAsLongAsItCan() throws Exception {
        scene().leave();
        scene().rename(name -> name.equals(scene().compatible())
                ? "x".repeat(LiveUpdateConstants.COMPATIBLE_MAX_BYTES)
                : name);
        scene().comeBack();
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(state, scene().state(Side.INCOMING));
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }
}
