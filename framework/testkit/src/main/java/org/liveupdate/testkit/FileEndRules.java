package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What is left at the end: nothing. */
interface FileEndRules<F> extends FileRules<F> {
    @Test
    default void finishingWithoutRetrievingGivesTheMemoryBack() throws Exception {
        scene().preserve(1);
        scene().preserve(2);
        scene().handOver();
        scene().closeSession();
        assertEquals(0, scene().pages(), "pages of handover memory");
    }

    private WeakReference<F> finished(ReferenceQueue<Object> collected) throws Exception {
        scene().preserve(1);
        scene().handOver();
        F file = scene().retrieve(FileScene.FIRST);
        scene().closeSession();
        scene().closeFile(file);
        return new WeakReference<>(file, collected);
    }

    @Test
    default void aFileThatIsFinishedAndClosedIsNotKept() throws Exception {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<F> file = finished(collected);
        Garbage.assertCollected(file, collected, "the file is finished and closed, and still referred to");
    }

    private WeakReference<F> unpreserved(ReferenceQueue<Object> collected) throws Exception {
        F file = scene().preserve(1);
        scene().closeSession();
        scene().closeFile(file);
        return new WeakReference<>(file, collected);
    }

    @Test
    default void aFileThatIsUnpreservedAndClosedIsNotKept() throws Exception {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<F> file = unpreserved(collected);
        Garbage.assertCollected(file, collected, "the file is unpreserved and closed, and still referred to");
    }

    private WeakReference<ClassLoader> startedAndStopped(ReferenceQueue<Object> collected) throws Exception {
        Starter<FileProvider<F>> afresh = scene().afresh();
        WeakReference<ClassLoader> loader = new WeakReference<>(afresh.getClass().getClassLoader(), collected);
        scene().leave();
        scene().comeBack(afresh);
        scene().preserve(1);
        scene().leaveWithFiles();
        return loader;
    }

    @Test
    default void aBundleThatHasStoppedIsNotKept() throws Exception {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> loader = startedAndStopped(collected);
        Garbage.assertCollected(loader, collected, "the provider has stopped, and its class loader is still referred to");
        scene().comeBack();
        scene().served(FileScene.FIRST);
    }
}
