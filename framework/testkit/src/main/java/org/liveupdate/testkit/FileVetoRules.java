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

/** What an update that does not happen leaves: everything as it was. */
interface FileVetoRules<F> extends FileRules<F> {
    @Test
    default void aVetoOfAnotherFileLeavesEverythingAsItWas() throws Exception {
        F file = scene().preserve(1);
        Object state = scene().state(file);
        scene().session().preserve(2, new KitFile(scene().failing().compatible(), 2));
        scene().failing().refuseFreeze(Errno.EBUSY);
        assertThrows(LiveUpdateException.class, () -> scene().generation().freezeAndTakeBack());
        scene().failing().refuseFreeze(null);
        assertEquals(state, scene().state(file), "after the veto");
        Object changed = scene().changed(file, 2);
        scene().handOver();
        assertEquals(changed, scene().state(scene().retrieve(FileScene.FIRST)), "after the next update");
    }

    @Test
    default void anUpdateThatIsTakenBackLeavesEverythingAsItWas() throws Exception {
        F file = scene().preserve(1);
        Object state = scene().state(file);
        scene().generation().freezeAndTakeBack();
        assertEquals(state, scene().state(file), "taken back");
        Object changed = scene().changed(file, 2);
        scene().generation().freezeAndTakeBack();
        scene().closeSession();
        assertEquals(changed, scene().state(file), "unpreserved");
    }

    /** Whether freezing failed in the place where memory was made to fail. */
    private boolean isVetoedAt(int n) {
        scene().faults().strikeAt(scene().callback(Callback.FREEZE), n);
        try {
            scene().generation().freezeAndTakeBack();
        } catch (LiveUpdateException e) {
            assertTrue(scene().faults().disarm(), () -> "freeze fails although nothing was made to fail: " + e);
            return true;
        }
        return scene().faults().disarm();
    }

    @Test
    default void memoryThatEndsDuringFreezeIsAVetoThatLeavesEverythingAsItWas() throws Exception {
        F file = scene().preserve(1);
        Object state = scene().state(file);
        long pages = scene().pages();
        for (int n = 1; isVetoedAt(n); n++) {
            String where = "after failing at allocation " + n;
            assertEquals(pages, scene().pages(), () -> "pages of handover memory " + where);
            assertEquals(state, scene().state(file), where);
            state = scene().changed(file, n);
        }
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)), "after the next update");
    }

    /** Ends everything in every way that cannot be refused. */
    private void endInEveryWay() throws Exception {
        scene().preserve(1);
        scene().generation().freezeAndTakeBack();
        scene().leaveWithFiles();
        scene().comeBack();
        scene().served(FileScene.FIRST);
        scene().closeSession();
        for (int seed = 1; seed <= 3; seed++) {
            scene().preserve(seed);
        }
        scene().handOver();
        scene().retrieve(1);
        scene().leaveWithFiles();
        scene().comeBack();
        scene().served(1);
        if (mayBeFinishedUnretrieved()) {
            failToRetrieve(2);
        } else {
            scene().retrieve(2);
            scene().retrieve(3);
        }
        scene().closeSession();
    }

    /** Unless retrieving needs no memory at all. */
    private void failToRetrieve(long token) throws Exception {
        scene().faults().strikeAt(scene().callback(Callback.RETRIEVE), 1);
        try {
            scene().retrieve(token);
        } catch (LiveUpdateException e) {
            assertTrue(scene().faults().disarm(), e::getMessage);
        }
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
        F file = scene().create(1);
        Object state = scene().state(file);
        long pages = scene().pages();
        scene().preserveAgain(file);
        scene().faults().starve(endings);
        scene().generation().freezeAndTakeBack();
        scene().closeSession();
        assertEquals(state, scene().state(file), "unpreserved");
        assertEquals(pages, scene().pages(), "pages of handover memory");
        scene().preserveAgain(file);
        scene().handOver();
        F retrieved = scene().retrieve(FileScene.FIRST);
        scene().closeSession();
        assertEquals(state, scene().state(retrieved), "finished");
    }
}
