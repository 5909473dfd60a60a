package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The same as {@link ForeignStopIT} for files and an FLB that were handed over: nothing of them is lost. */
@OsgiTest(ForeignStopIncomingIT.Bundles.class)
class ForeignStopIncomingIT extends Interference {
    /** The core in a directory in which files wait for each test. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            List<NotesBundle> all = tests()
                    .map(test -> bundle(test.get()[0].toString(), test.get()[1].toString())).toList();
            return OptionUtils.combine(options(),
                    CoreOptions.frameworkProperty("liveupdate.directory").value(LeftNotes.leave(all).toString()));
        }
    }

    static Stream<Arguments> tests() {
        return everyActionDuring("handler.retrieve", "flb.retrieve", "handler.canFinish", "handler.finish",
                "flb.finish", "handler.detach", "flb.detach");
    }

    /** An FLB ends with the last of its files: so each test has its own. */
    private static NotesBundle bundle(String callback, String action) {
        String name = callback + '-' + action.toLowerCase(Locale.ROOT);
        return NotesBundle.of("notes." + name, "note-" + name, "book-" + name);
    }

    @ParameterizedTest(name = "{1} while {0} does not return")
    @MethodSource("tests")
    void nothingIsLost(String callback, String action) throws Exception {
        long pages = pages();
        deploy(bundle(callback, action));
        Session session = liveUpdate.retrieveSession(notes().symbolicName());
        session.retrieve(1, String.class);
        if (callback.equals("flb.detach")) {
            readShared();
        }

        interfere(callback, trigger(callback, session), action);

        if (!callback.equals("handler.canFinish") && !callback.endsWith(".finish")) {
            assertEquals(List.of(1L, 2L), session.tokens());
            assertEquals(LeftNotes.text(notes(), 1), session.retrieve(1, String.class));
            assertEquals(LeftNotes.text(notes(), 2), session.retrieve(2, String.class));
            assertEquals("shared by files with " + notes().flbs().get(0), readShared());
            session.close();
        } else if (liveUpdate.sessions(Side.INCOMING).contains(notes().symbolicName())) {
            liveUpdate.retrieveSession(notes().symbolicName()).close();
        }
        assertNothingIsHeld(pages - LeftNotes.FILES - 1, callback);
    }

    /** What makes the core call the callback; null if that is the bundle's leaving. */
    private Callable<?> trigger(String callback, Session session) {
        return switch (callback) {
            case "handler.retrieve" -> () -> session.retrieve(2, String.class);
            case "flb.retrieve" -> this::readShared;
            case "handler.canFinish", "handler.finish", "flb.finish" -> () -> {
                session.close();
                return null;
            };
            default -> null;
        };
    }

    private String readShared() throws LiveUpdateException {
        try (FlbHandle<String> book = liveUpdate.getIncoming(new FlbKey<>(notes().flbs().get(0), String.class))) {
            return book.get();
        }
    }
}
