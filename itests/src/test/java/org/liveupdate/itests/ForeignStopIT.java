package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.ServiceReference;

/**
 * Somebody stops, updates, uninstalls or refreshes a provider while one of its callbacks for preserved files does not
 * return: nothing is lost.
 */
@OsgiTest(ForeignStopIT.Bundles.class)
class ForeignStopIT extends Interference {
    @OsgiService
    Handover handover;

    /** The core. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return options();
        }
    }

    static Stream<Arguments> tests() {
        return everyActionDuring("handler.canPreserve", "handler.preserve", "flb.preserve", "handler.unpreserve",
                "flb.unpreserve", "handler.freeze", "flb.freeze", "handler.unfreeze", "flb.unfreeze", "handler.detach",
                "flb.detach", "handler.retrieve", "flb.retrieve");
    }

    @ParameterizedTest(name = "{1} while {0} does not return")
    @MethodSource("tests")
    void nothingIsLost(String callback, String action) throws Exception {
        long pages = pages();
        deploy(NotesBundle.of("notes.out", "note-v1", "book-v1"));
        Session kept = liveUpdate.createSession("kept");
        Session other = liveUpdate.createSession("other");
        // these two are called for the only file that there is
        boolean keeps = !callback.equals("flb.preserve") && !callback.equals("flb.unpreserve");
        for (long token = 1; keeps && token <= 2; token++) {
            kept.preserve(token, LeftNotes.text(notes(), token));
        }
        List<Long> tokens = kept.tokens();

        Throwable failure = interfere(callback, trigger(callback, other), action);
        goOn();

        assertEquals(tokens, kept.tokens());
        for (long token : tokens) {
            try (FileHandle<String> file = kept.open(token, String.class)) {
                assertEquals(LeftNotes.text(notes(), token), file.get());
            }
        }
        if (callback.endsWith(".preserve") || callback.equals("handler.canPreserve")) {
            assertEquals(failure == null ? List.of(3L) : List.of(), other.tokens(), () -> "after " + failure);
        }
        closeAll();
        assertNothingIsHeld(pages, callback);
    }

    /** What makes the core call the callback; null if that is the bundle's leaving. */
    private Callable<?> trigger(String callback, Session other) throws Exception {
        return switch (callback) {
            case "handler.canPreserve", "handler.preserve", "flb.preserve" -> () -> preserve(other);
            case "handler.unpreserve", "flb.unpreserve" -> {
                preserve(other);
                yield () -> {
                    other.close();
                    return null;
                };
            }
            case "handler.freeze", "flb.freeze" -> () -> handover.commit(System.nanoTime());
            case "handler.unfreeze", "flb.unfreeze" -> {
                handover.commit(System.nanoTime());
                yield this::goOn;
            }
            case "handler.retrieve", "flb.retrieve" -> {
                command(NotesBundle.WITHDRAW);
                yield () -> command(NotesBundle.OFFER);
            }
            default -> null;
        };
    }

    private Object preserve(Session session) throws LiveUpdateException {
        session.preserve(3, LeftNotes.text(notes(), 3));
        return null;
    }

    /** Takes an image back, if there is one. */
    private Object goOn() throws LiveUpdateException {
        if (handover.phase() == Phase.COMMITTED) {
            handover.takeBack();
            handover.resume();
        }
        return null;
    }

    private Object command(String command) throws Exception {
        ServiceReference<Runnable> reference = context.getServiceReferences(Runnable.class, "(&(" + NotesBundle.OF
                + '=' + notes().symbolicName() + ")(" + NotesBundle.COMMAND + '=' + command + "))").iterator().next();
        context.getService(reference).run();
        return null;
    }

    @AfterEach
    void closeAll() throws LiveUpdateException {
        goOn();
        for (String session : liveUpdate.sessions(Side.OUTGOING)) {
            liveUpdate.openSession(session).close();
        }
    }
}
