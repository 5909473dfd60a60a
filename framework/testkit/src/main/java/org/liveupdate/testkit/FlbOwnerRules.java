package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** What is the same after the provider's bundle has left and is back, or another one took its place. */
interface FlbOwnerRules<T> extends FlbRules<T> {
    @Test
    default void thePreservedObjectIsTheSameWhenItsBundleIsBack() throws Exception {
        Session session = scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().leave();
        scene().comeBack();
        assertEquals(state, scene().state(Side.OUTGOING));
        scene().close(session);
        assertEquals(0, scene().pages(), "pages of handover memory");
    }

    @Test
    default void theRetrievedObjectIsTheSameWhenItsBundleIsBack() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(state, scene().state(Side.INCOMING), "retrieved");
        scene().leave();
        scene().comeBack();
        assertEquals(state, scene().state(Side.INCOMING), "attached");
        scene().close(scene().retrieveSession(FlbScene.SESSION));
        assertEquals(0, scene().pages(), "pages of handover memory");
    }

    @Test
    default void theObjectThatWasAttachedIsHandedOver() throws Exception {
        scene().preserve(FlbScene.SESSION);
        scene().leave();
        scene().comeBack();
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(state, scene().state(Side.INCOMING));
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    @Test
    default void aSecondOwnerRetrievesFromTheDataAlone() throws Exception {
        scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().handOver();
        assertEquals(state, scene().state(Side.INCOMING), "the first owner");
        Starter<FlbProvider<T>> second = scene().afresh();
        scene().leave();
        scene().comeBack(second);
        assertEquals(state, scene().state(Side.INCOMING), "the second owner");
        scene().close(scene().retrieveSession(FlbScene.SESSION));
    }

    @Test
    default void detachingNeedsNoMemory() throws Exception {
        Session session = scene().preserve(FlbScene.SESSION);
        Object state = scene().changed(Side.OUTGOING, 1);
        scene().faults().starve(Set.of(scene().callback(Callback.DETACH)));
        scene().leave();
        scene().faults().disarm();
        scene().comeBack();
        assertEquals(state, scene().state(Side.OUTGOING));
        scene().close(session);
    }

    private WeakReference<ClassLoader> startedAndStopped(ReferenceQueue<Object> collected) throws Exception {
        Starter<FlbProvider<T>> afresh = scene().afresh();
        WeakReference<ClassLoader> loader = new WeakReference<>(afresh.getClass().getClassLoader(), collected);
        scene().leave();
        scene().comeBack(afresh);
        scene().preserve(FlbScene.SESSION);
        scene().changed(Side.OUTGOING, 1);
        scene().leave();
        return loader;
    }

    @Test
    default void aBundleThatHasStoppedIsNotKept() throws Exception {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> loader = startedAndStopped(collected);
        Garbage.assertCollected(loader, collected,
                "the provider has stopped, and its class loader is still referred to");
        scene().comeBack();
    }
}
