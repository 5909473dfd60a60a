package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;

/** What is the same after the provider's bundle has left and is back, or another one took its place. */
interface FileOwnerRules<F> extends FileRules<F> {
    @Test
    default void aPreservedFileIsTheSameWhenItsBundleIsBack() throws Exception {
        Object state = scene().changed(scene().preserve(1), 2);
        scene().leaveWithFiles();
        scene().comeBack();
        F served = scene().served(FileScene.FIRST);
        assertEquals(state, scene().state(served), "attached");
        scene().closeSession();
        assertEquals(state, scene().state(served), "unpreserved");
    }

    @Test
    default void aRetrievedFileIsTheSameWhenItsBundleIsBack() throws Exception {
        scene().preserve(1);
        scene().handOver();
        Object state = scene().changed(scene().retrieve(FileScene.FIRST), 2);
        scene().leaveWithFiles();
        scene().comeBack();
        F served = scene().served(FileScene.FIRST);
        assertEquals(state, scene().state(served), "attached");
        scene().closeSession();
        assertEquals(state, scene().state(served), "finished");
    }

    @Test
    default void aFileThatWasAttachedIsHandedOver() throws Exception {
        scene().preserve(1);
        scene().leaveWithFiles();
        scene().comeBack();
        Object state = scene().changed(scene().served(FileScene.FIRST), 2);
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
    }

    @Test
    default void aSecondOwnerRetrievesFromTheDataAlone() throws Exception {
        Object state = scene().state(scene().preserve(1));
        scene().handOver();
        scene().retrieve(FileScene.FIRST);
        Starter<FileProvider<F>> second = scene().afresh();
        scene().leaveWithFiles();
        scene().comeBack(second);
        assertEquals(state, scene().state(scene().served(FileScene.FIRST)));
    }

    @Test
    default void detachingNeedsNoMemory() throws Exception {
        Object state = scene().changed(scene().preserve(1), 2);
        scene().faults().starve(Set.of(scene().callback(Callback.DETACH)));
        scene().leaveWithFiles();
        scene().faults().disarm();
        scene().comeBack();
        assertEquals(state, scene().state(scene().served(FileScene.FIRST)));
    }
}
