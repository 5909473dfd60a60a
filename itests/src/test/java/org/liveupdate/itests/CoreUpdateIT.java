package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiContainer;

/** The core is stopped, updated or replaced while two sessions and an FLB are preserved, and no directory is configured. */
class CoreUpdateIT {
    private static final NotesBundle NOTES = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final String[] ONE = {"note-v1: first", "note-v1: second"};
    private static final String[] TWO = {"note-v1: third"};

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(new CoreBundles());
    private final CoreUser user = new CoreUser(osgi);

    @BeforeEach
    void preserve() throws Exception {
        ForeignAction.deploy(osgi.context(), NOTES);
        user.preserve("one", ONE);
        user.preserve("two", TWO);
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsFoundAgainAndCanBeClosed(CoreDisturbance disturbance) throws Exception {
        Object directory = user.directory();
        long pages = user.pages();

        disturbance.happen(osgi);

        assertEquals(directory, user.directory());
        assertEquals(List.of("one", "two"), user.sessions("OUTGOING"));
        assertEquals(List.of(), user.sessions("INCOMING"));
        assertEquals(0L, user.liveUpdate().call("number").object());
        assertEquals("PRESERVED 3", user.flb());
        assertEquals(pages, user.pages());
        user.assertHoldsAndClose("one", ONE);
        assertEquals("PRESERVED 1", user.flb());
        user.assertHoldsAndClose("two", TWO);
        assertEquals("IDLE 0", user.flb());
        assertEquals(0, user.pages());
    }

    @ParameterizedTest
    @EnumSource
    void twiceInARowLosesNothingEither(CoreDisturbance disturbance) throws Exception {
        disturbance.happen(osgi);
        disturbance.happen(osgi);

        user.assertHoldsAndClose("two", TWO);
        user.assertHoldsAndClose("one", ONE);
        assertEquals(0, user.pages());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDetachedGoesAlong(CoreDisturbance disturbance) throws Exception {
        ForeignAction.bundle(osgi.context(), NOTES).stop();
        disturbance.happen(osgi);
        assertEquals("DETACHED 3", user.flb());

        ForeignAction.deploy(osgi.context(), NOTES);
        assertEquals("PRESERVED 3", user.flb());
        user.assertHoldsAndClose("one", ONE);
        user.assertHoldsAndClose("two", TWO);
        assertEquals(0, user.pages());
    }
}
