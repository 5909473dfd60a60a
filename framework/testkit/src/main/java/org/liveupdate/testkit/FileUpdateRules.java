package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdateConstants;

/** What is the same after a live update. */
interface FileUpdateRules<F> extends FileRules<F> {
    /** Files that are preserved at once. */
    int MANY = 5;

    @Test
    default void aFileIsTheSameAfterAnUpdate() throws Exception {
        Object state = scene().state(scene().preserve(1));
        scene().handOver();
        F retrieved = scene().retrieve(FileScene.FIRST);
        assertEquals(state, scene().state(retrieved), "retrieved");
        scene().closeSession();
        assertEquals(state, scene().state(retrieved), "finished");
    }

    @Test
    default void whatIsChangedWhileAFileIsPreservedIsHandedOver() throws Exception {
        F file = scene().preserve(1);
        Object state = scene().changed(file, 2);
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
    }

    @Test
    default void aFileGoesThroughOneUpdateAfterAnother() throws Exception {
        F file = scene().preserve(1);
        for (int update = 1; update <= 3; update++) {
            Object state = scene().changed(file, update);
            scene().handOver();
            file = scene().retrieve(FileScene.FIRST);
            assertEquals(state, scene().state(file), "after update " + update);
            scene().closeSession();
            scene().preserveAgain(file);
        }
    }

    @Test
    default void manyFilesAreKeptApart() throws Exception {
        List<Object> states = new ArrayList<>();
        for (int seed = 1; seed <= MANY; seed++) {
            states.add(scene().state(scene().preserve(seed)));
        }
        scene().handOver();
        for (int seed = MANY; seed >= 1; seed--) {
            assertEquals(states.get(seed - 1), scene().state(scene().retrieve(seed)), "file " + seed);
        }
    }

    @Test
    default void aFileThatItsUserHasClosedIsHandedOver() throws Exception {
        F file = scene().preserve(1);
        Object state = scene().state(file);
        scene().closeFile(file);
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
    }

    @Test
    default void aFileIsTheSameWhenItsSessionIsClosedWithoutAnUpdate() throws Exception {
        F file = scene().create(1);
        long pages = scene().pages();
        scene().preserveAgain(file);
        Object state = scene().changed(file, 2);
        scene().closeSession();
        assertEquals(state, scene().state(file), "unpreserved");
        assertEquals(pages, scene().pages(), "pages of handover memory");
        scene().preserveAgain(file);
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)), "preserved again and handed over");
    }

    @Test
    default void theStateIsInTheDataAlone() throws Exception {
        Object state = scene().state(scene().preserve(1));
        scene().handOverTo(scene().afresh());
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
    }

    @Test
    default void namesMayBeAsLongAsTheyCan() throws Exception {
        scene().leave();
        scene().rename(name -> name.equals(scene().compatible())
                ? "x".repeat(LiveUpdateConstants.COMPATIBLE_MAX_BYTES)
                : name);
        scene().comeBack();
        scene().nameSession("ä".repeat(LiveUpdateConstants.SESSION_NAME_MAX_BYTES / 2) + 'n');
        Object state = scene().state(scene().preserve(1));
        scene().handOver();
        assertEquals(state, scene().state(scene().retrieve(FileScene.FIRST)));
    }
}
