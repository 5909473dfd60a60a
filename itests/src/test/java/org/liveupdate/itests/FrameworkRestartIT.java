package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiContainer;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework is stopped and started again with everything in use, and no directory is configured. */
class FrameworkRestartIT {
    private static final NotesBundle NOTES = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final String[] ONE = {"note-v1: first", "note-v1: second"};
    private static final String[] TWO = {"note-v1: third"};
    private static final String[] NEXT = {"note-v1: next"};
    private static final long PATIENCE_MILLIS = 60_000;

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(new CoreBundles());
    private final CoreUser user = new CoreUser(osgi);

    @BeforeEach
    void preserve() throws Exception {
        ForeignAction.deploy(osgi.context(), NOTES);
        user.preserve("one", ONE);
        user.preserve("two", TWO);
    }

    private void restart() throws Exception {
        Framework framework = (Framework) osgi.context().getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        framework.stop();
        assertEquals(FrameworkEvent.STOPPED, framework.waitForStop(PATIENCE_MILLIS).getType());
        framework.start();
        CountDownLatch started = new CountDownLatch(1);
        // the container raises it after the first start only
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> started.countDown());
        started.await();
    }

    @Test
    void theNextStartFindsEverythingAsALiveUpdateWould() throws Exception {
        restart();

        assertEquals(1L, user.liveUpdate().call("number").object());
        assertEquals(List.of("one", "two"), user.sessions("INCOMING"));
        assertEquals(List.of(), user.sessions("OUTGOING"));
        user.assertHandedOverAndFinish("one", ONE);
        user.assertHandedOverAndFinish("two", TWO);
        assertEquals(0, user.pages());
    }

    @Test
    void whatIsUnfinishedAndWhatIsPreservedUnderTheSameNameAreBothFound() throws Exception {
        restart();
        user.liveUpdate().call("retrieveSession", "one").call("retrieve", 1L, String.class);
        user.preserve("one", NEXT);
        restart();

        assertEquals(2L, user.liveUpdate().call("number").object());
        assertEquals(List.of("one", "two"), user.sessions("INCOMING"));
        assertEquals(List.of("one"), user.sessions("OUTGOING"));
        user.assertHandedOverAndFinish("one", ONE);
        user.assertHandedOverAndFinish("two", TWO);
        user.assertHoldsAndClose("one", NEXT);
        assertEquals(0, user.pages());
    }
}
