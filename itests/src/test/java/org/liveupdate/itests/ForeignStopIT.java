package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Somebody stops, updates, uninstalls or refreshes a provider while one of its callbacks does not return: nobody hangs,
 * the provider can be brought back while the callback still does not return, and nothing is lost.
 */
@OsgiTest(ForeignStopIT.Bundles.class)
class ForeignStopIT {
    private static final int DETACH_MILLIS = 300;
    private static final int CALLBACK_MILLIS = 500;
    /** Both deadlines may pass one after the other; the rest is for a loaded machine. */
    private static final long HANG_MILLIS = DETACH_MILLIS + CALLBACK_MILLIS + 4_000;

    private static final List<String> OUTGOING = List.of("handler.canPreserve", "handler.preserve", "flb.preserve",
            "handler.unpreserve", "flb.unpreserve", "handler.freeze", "flb.freeze", "handler.unfreeze", "flb.unfreeze",
            "handler.detach", "flb.detach", "handler.retrieve", "flb.retrieve");
    private static final List<String> INCOMING = List.of("handler.retrieve", "flb.retrieve", "handler.canFinish",
            "handler.finish", "flb.finish", "handler.detach", "flb.detach");

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Handover handover;
    BundleContext context;

    /** The core with short deadlines, in a directory in which files wait for each test of the incoming side. */
    public static final class Bundles implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new CoreBundles().get(),
                    CoreOptions.frameworkProperty("liveupdate.detach.timeout").value(DETACH_MILLIS),
                    CoreOptions.frameworkProperty("liveupdate.callback.timeout").value(CALLBACK_MILLIS),
                    CoreOptions.frameworkProperty("liveupdate.directory").value(LeftNotes.leave(incoming()
                            .map(test -> bundle((String) test.get()[0], (String) test.get()[1])).toList()).toString()));
        }
    }

    static java.util.stream.Stream<Arguments> outgoing() {
        return tests(OUTGOING);
    }

    static java.util.stream.Stream<Arguments> incoming() {
        return tests(INCOMING);
    }

    private static java.util.stream.Stream<Arguments> tests(List<String> callbacks) {
        return callbacks.stream().flatMap(
                callback -> Arrays.stream(ForeignAction.values()).map(action -> Arguments.of(callback, action.name())));
    }

    private static NotesBundle bundle(String callback, String action) {
        String name = callback + '-' + action.toLowerCase(java.util.Locale.ROOT);
        return NotesBundle.of("notes." + name, "note-" + name, "book-" + name);
    }

    @ParameterizedTest(name = "{1} while {0} does not return")
    @MethodSource("outgoing")
    void nothingOfTheOutgoingSideIsLost(String callback, String action) throws Exception {
        NotesBundle notes = NotesBundle.of("notes.out", "note-v1", "book-v1");
        Obstacle obstacle = new Obstacle();
        long pages = runtime.getRuntimeDTO().memory.usedPages;
        ServiceRegistration<?> watching = watch(notes, obstacle);
        ForeignAction.deploy(context, notes);
        Session kept = liveUpdate.createSession("kept");
        Session other = liveUpdate.createSession("other");
        boolean keeps = !callback.equals("flb.preserve") && !callback.equals("flb.unpreserve");
        for (long token = 1; keeps && token <= 2; token++) {
            kept.preserve(token, LeftNotes.text(notes, token));
        }
        List<Long> tokens = kept.tokens();

        Callable<?> trigger = trigger(callback, notes, other);
        Throwable failure = interfere(callback, trigger, action, notes, obstacle);
        goOn();

        assertEquals(tokens, kept.tokens());
        for (long token : tokens) {
            try (var file = kept.open(token, String.class)) {
                assertEquals(LeftNotes.text(notes, token), file.get());
            }
        }
        if (callback.endsWith("reserve") && !callback.contains("unp")) {
            assertEquals(failure == null ? List.of(3L) : List.of(), other.tokens(), () -> "after " + failure);
        }
        for (String session : liveUpdate.sessions(Side.OUTGOING)) {
            liveUpdate.openSession(session).close();
        }
        assertNothingIsHeld(notes, pages);
        watching.unregister();
        ForeignAction.bundle(context, notes).uninstall();
    }

    /** What makes the core call the callback. */
    private Callable<?> trigger(String callback, NotesBundle notes, Session other) throws Exception {
        return switch (callback) {
            case "handler.canPreserve", "handler.preserve", "flb.preserve" -> () -> preserve(other, notes);
            case "handler.unpreserve", "flb.unpreserve" -> {
                preserve(other, notes);
                yield () -> close(other);
            }
            case "handler.freeze", "flb.freeze" -> () -> handover.commit(System.nanoTime());
            case "handler.unfreeze", "flb.unfreeze" -> {
                handover.commit(System.nanoTime());
                yield this::goOn;
            }
            case "handler.retrieve", "flb.retrieve" -> {
                command(notes, NotesBundle.WITHDRAW);
                yield () -> command(notes, NotesBundle.OFFER);
            }
            default -> null;
        };
    }

    @ParameterizedTest(name = "{1} while {0} does not return")
    @MethodSource("incoming")
    void nothingOfTheIncomingSideIsLost(String callback, String action) throws Exception {
        NotesBundle notes = bundle(callback, action);
        Obstacle obstacle = new Obstacle();
        long pages = runtime.getRuntimeDTO().memory.usedPages;
        ServiceRegistration<?> watching = watch(notes, obstacle);
        ForeignAction.deploy(context, notes);
        Session session = liveUpdate.retrieveSession(notes.symbolicName());
        session.retrieve(1, String.class);
        org.liveupdate.api.FlbKey<String> book = new org.liveupdate.api.FlbKey<>(notes.flbs().get(0), String.class);
        if (callback.equals("flb.detach")) {
            liveUpdate.getIncoming(book).close();
        }
        Callable<?> trigger = switch (callback) {
            case "handler.retrieve" -> () -> session.retrieve(2, String.class);
            case "flb.retrieve" -> () -> {
                liveUpdate.getIncoming(book).close();
                return null;
            };
            case "handler.canFinish", "handler.finish", "flb.finish" -> () -> close(session);
            default -> null;
        };
        interfere(callback, trigger, action, notes, obstacle);

        if (!callback.contains("inish")) {
            assertEquals(List.of(1L, 2L), session.tokens());
            assertEquals(LeftNotes.text(notes, 1), session.retrieve(1, String.class));
            assertEquals(LeftNotes.text(notes, 2), session.retrieve(2, String.class));
            try (var shared = liveUpdate.getIncoming(book)) {
                assertEquals("shared by files with " + notes.flbs().get(0), shared.get());
            }
            session.close();
        } else if (liveUpdate.sessions(Side.INCOMING).contains(notes.symbolicName())) {
            liveUpdate.retrieveSession(notes.symbolicName()).close();
        }
        assertNothingIsHeld(notes, pages - LeftNotes.FILES - 1);
        watching.unregister();
        ForeignAction.bundle(context, notes).uninstall();
    }

    /** Lets the callback begin, does what is done to the bundle, brings it back, and only then ends the callback. */
    private Throwable interfere(String callback, Callable<?> trigger, String action, NotesBundle notes,
            Obstacle obstacle) throws Exception {
        Background caller = null;
        obstacle.arm(callback);
        try {
            if (trigger != null) {
                caller = Background.run("the caller", trigger);
                obstacle.awaitEntered();
            }
            Background.run(action, () -> {
                ForeignAction.valueOf(action).on(context, notes);
                return null;
            }).endsWithin(HANG_MILLIS);
            assertTrue(obstacle.wasEntered(), callback + " was not called");
            Background.run("bringing it back", () -> ForeignAction.deploy(context, notes)).endsWithin(HANG_MILLIS);
            assertEquals(Bundle.ACTIVE, ForeignAction.bundle(context, notes).getState());
        } finally {
            obstacle.letGo();
        }
        return caller == null ? null : caller.failureWithin(HANG_MILLIS);
    }

    private static Object preserve(Session session, NotesBundle notes) throws Exception {
        session.preserve(3, LeftNotes.text(notes, 3));
        return null;
    }

    private static Object close(Session session) throws Exception {
        session.close();
        return null;
    }

    /** Takes an image back, if there is one. */
    private Object goOn() throws Exception {
        if (handover.phase() == Phase.COMMITTED) {
            handover.takeBack();
            handover.resume();
        }
        return null;
    }

    private Object command(NotesBundle notes, String command) throws Exception {
        ServiceReference<Runnable> reference = context.getServiceReferences(Runnable.class,
                "(&(" + NotesBundle.OF + '=' + notes.symbolicName() + ")(" + NotesBundle.COMMAND + '=' + command + "))")
                .iterator().next();
        context.getService(reference).run();
        return null;
    }

    private ServiceRegistration<?> watch(NotesBundle notes, Obstacle obstacle) {
        return context.registerService(Consumer.class.getName(), obstacle,
                new java.util.Hashtable<>(java.util.Map.of(NotesBundle.OF, notes.symbolicName())));
    }

    private void assertNothingIsHeld(NotesBundle notes, long pages) {
        var state = runtime.getRuntimeDTO();
        assertEquals(pages, state.memory.usedPages, state::toString);
        List<String> holders = new ArrayList<>();
        for (var module : state.modules) {
            if (module.name.startsWith(notes.symbolicName() + ' ')) {
                holders.addAll(List.of(module.usedBy));
                assertEquals(0, module.references, module::toString);
            }
        }
        assertEquals(List.of(), holders);
        Arrays.stream(state.flbs).filter(flb -> flb.compatible.equals(notes.flbs().get(0))).forEach(flb -> {
            assertEquals("IDLE", flb.state, flb::toString);
            assertNull(flb.detached);
        });
        assertTrue(Arrays.stream(state.refused).noneMatch(Objects::nonNull), state::toString);
    }
}
