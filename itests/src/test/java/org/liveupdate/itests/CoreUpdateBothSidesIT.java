package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiContainer;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.OptionUtils;

/** The same, after a live update that is not finished, while files are preserved for the next one. */
class CoreUpdateBothSidesIT {
    private static final NotesBundle NOTES = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final String[] LEFT = {LeftNotes.text(NOTES, 1), LeftNotes.text(NOTES, 2)};
    private static final String[] NEXT = {"note-v1: next"};

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(() -> OptionUtils.combine(new CoreBundles().get(), CoreOptions
            .frameworkProperty("liveupdate.directory").value(LeftNotes.leave(List.of(NOTES)).toString())));
    private final CoreUser user = new CoreUser(osgi);

    @BeforeEach
    void retrieveOneFileAndPreserveAnother() throws Exception {
        ForeignAction.deploy(osgi.context(), NOTES);
        user.liveUpdate().call("retrieveSession", NOTES.symbolicName()).call("retrieve", 1L, String.class);
        user.preserve(NOTES.symbolicName(), NEXT);
    }

    @ParameterizedTest
    @EnumSource
    void eachSideStaysWhatItIs(CoreDisturbance disturbance) throws Exception {
        disturbance.happen(osgi);

        assertEquals(1L, user.liveUpdate().call("number").object());
        assertEquals(List.of(NOTES.symbolicName()), user.sessions("INCOMING"));
        assertEquals(List.of(NOTES.symbolicName()), user.sessions("OUTGOING"));
        assertEquals("PRESERVED 1", user.flb());
        assertEquals(2L, user.state().get("incoming").each().get(0).get("files").object());
        user.assertHandedOverAndFinish(NOTES.symbolicName(), LEFT);
        user.assertHoldsAndClose(NOTES.symbolicName(), NEXT);
        assertEquals(0, user.pages());
    }
}
