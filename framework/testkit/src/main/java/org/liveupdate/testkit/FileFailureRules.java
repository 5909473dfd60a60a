package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.LiveUpdateException;

/** What is left of something that failed: nothing. */
interface FileFailureRules<F> extends FileRules<F> {
    /** A callback that still fails after so many accesses to memory is taken for one that never succeeds. */
    int MOST_ACCESSES = 10_000;

    /** Whether preserving failed in the place where memory was made to fail. */
    private boolean failsAt(int n, F file) throws Exception {
        scene().faults().strikeAt(scene().callback(Callback.PRESERVE), n);
        try {
            scene().preserveAgain(file);
        } catch (LiveUpdateException e) {
            assertTrue(scene().faults().disarm(), () -> "preserve fails although nothing was made to fail: " + e);
            return true;
        }
        return scene().faults().disarm();
    }

    @Test
    default void memoryThatEndsDuringPreserveLeavesNothing() throws Exception {
        F first = scene().create(1);
        Object state = scene().state(first);
        scene().preserveApart(scene().create(2));
        Object shared = scene().provider().shared();
        long pages = scene().pages();
        int n = 1;
        while (failsAt(n, first)) {
            scene().closeSession();
            String where = "after failing at allocation " + n;
            assertEquals(pages, scene().pages(), () -> "pages of handover memory " + where);
            assertEquals(state, scene().state(first), where);
            assertEquals(shared, scene().provider().shared(), () -> "what is counted for all files " + where);
            assertTrue(++n < MOST_ACCESSES, "preserve allocates without end");
        }
        assertEquals(state, scene().state(first));
    }

    @Test
    default void aFileThatFailedToBePreservedIsUsedAsBefore() throws Exception {
        F file = scene().create(1);
        if (failsAt(1, file)) {
            scene().closeSession();
            Object state = scene().changed(file, 2);
            scene().preserveAgain(file);
            scene().handOver();
            assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
        }
    }

    @Test
    default void anFlbThatFailsLeavesNothing() throws Exception {
        F file = scene().create(1);
        Object state = scene().state(file);
        long pages = scene().pages();
        scene().linkFailingFlb();
        assertThrows(LiveUpdateException.class, () -> scene().preserveAgain(file));
        scene().closeSession();
        scene().unlinkFailingFlb();
        assertEquals(pages, scene().pages(), "pages of handover memory");
        assertEquals(state, scene().state(file));
        scene().preserveAgain(file);
    }

    /** Whether retrieving failed in the place where memory was made to fail. */
    private boolean isNotRetrievedAt(int n) throws Exception {
        scene().faults().strikeAt(scene().callback(Callback.RETRIEVE), n);
        try {
            scene().retrieve(FileScene.FIRST);
        } catch (LiveUpdateException first) {
            assertTrue(scene().faults().disarm(), () -> "retrieve fails although nothing was made to fail: " + first);
            return true;
        }
        scene().faults().disarm();
        return false;
    }

    @Test
    default void aFileThatCannotBeRetrievedIsGivenBackByFinish() throws Exception {
        assumeTrue(mayBeFinishedUnretrieved(), "the handler insists on its files being retrieved");
        int n = 0;
        do {
            assertTrue(++n < MOST_ACCESSES, "retrieve restores without end");
            scene().preserve(n);
            scene().handOver();
        } while (gaveBackAfterFailureAt(n));
    }

    private boolean gaveBackAfterFailureAt(int n) throws Exception {
        boolean failed = isNotRetrievedAt(n);
        if (failed) {
            scene().closeSession();
            assertEquals(0, scene().pages(), () -> "pages of handover memory after failing at access " + n);
        }
        return failed;
    }
}
