package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;

/** What is left at the end: nothing. */
interface FileEndRules<F> extends FileRules<F> {
    @Test
    default void finishingWithoutRetrievingGivesTheMemoryBack() throws Exception {
        assumeTrue(mayBeFinishedUnretrieved(), "the handler insists on its files being retrieved");
        scene().preserve(1);
        scene().preserve(2);
        scene().handOver();
        scene().closeSession();
        assertEquals(0, scene().pages(), "pages of handover memory");
    }

    @Test
    default void aFileThatHasToBeRetrievedBlocksItsSessionUntilThen() throws Exception {
        assumeFalse(mayBeFinishedUnretrieved(), "the handler does not insist on its files being retrieved");
        Object first = scene().state(scene().preserve(1));
        Object second = scene().state(scene().preserve(2));
        scene().handOver();
        assertEquals(first, scene().state(scene().retrieve(1)));
        Session session = scene().session();
        assertEquals(Errno.EBUSY, assertThrows(LiveUpdateException.class, session::finish).errno());
        assertEquals(second, scene().state(scene().retrieve(2)));
        scene().closeSession();
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
        Garbage.assertCollected(loader, collected,
                "the provider has stopped, and its class loader is still referred to");
        scene().comeBack();
        scene().served(FileScene.FIRST);
    }
}
