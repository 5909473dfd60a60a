package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.itests.notes.NotesBundle;
import org.liveupdate.itests.support.OsgiService;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/**
 * Somebody does something to a provider while one of its callbacks does not return: nobody hangs, and the provider can
 * be brought back while the callback still does not return.
 */
abstract class Interference {
    /** Long enough for a loaded machine to get into the callback. */
    private static final int DETACH_MILLIS = 600;
    private static final int CALLBACK_MILLIS = 1_000;
    /** Both deadlines may pass one after the other; the rest is for a loaded machine. */
    private static final long HANG_MILLIS = DETACH_MILLIS + CALLBACK_MILLIS + 4_000;

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    BundleContext context;
    private final Obstacle obstacle = new Obstacle();
    private NotesBundle notes;
    private ServiceRegistration<?> watching;

    /** The core with short deadlines. */
    static Option[] options() {
        return OptionUtils.combine(new CoreBundles().get(),
                CoreOptions.frameworkProperty("liveupdate.detach.timeout").value(String.valueOf(DETACH_MILLIS)),
                CoreOptions.frameworkProperty("liveupdate.callback.timeout").value(String.valueOf(CALLBACK_MILLIS)));
    }

    /** Each callback with each action. */
    static Stream<Arguments> everyActionDuring(String... callbacks) {
        return Arrays.stream(callbacks).flatMap(
                callback -> Arrays.stream(ForeignAction.values()).map(action -> Arguments.of(callback, action.name())));
    }

    final void deploy(NotesBundle tested) throws BundleException {
        notes = tested;
        watching = context.registerService(Consumer.class.getName(), obstacle,
                new Hashtable<>(Map.of(NotesBundle.OF, notes.symbolicName())));
        ForeignAction.deploy(context, notes);
    }

    final NotesBundle notes() {
        return notes;
    }

    final long pages() {
        return runtime.getRuntimeDTO().memory.usedPages;
    }

    /**
     * Lets the callback begin, does what is done to the bundle, brings it back, and only then ends the callback.
     *
     * @param trigger
     *            what makes the core call the callback; null if the action does
     * @return how the trigger failed, or null
     */
    final Throwable interfere(String callback, Callable<?> trigger, String action) throws Exception {
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

    /**
     * Nothing of the bundle is in use any more.
     *
     * @param pages
     *            how many there have to be in all; one more after an FLB was not allowed to end its state, and so has
     *            not freed its page: the core reports it and keeps it
     */
    final void assertNothingIsHeld(long pages, String callback) {
        boolean leaked = callback.equals("flb.unpreserve") || callback.equals("flb.finish");
        RuntimeDTO state = runtime.getRuntimeDTO();
        assertEquals(leaked ? pages + 1 : pages, state.memory.usedPages, state::toString);
        for (ModuleDTO module : state.modules) {
            if (module.name.startsWith(notes.symbolicName() + ' ')) {
                assertEquals(0, module.references, module::toString);
                assertEquals(List.of(), List.of(module.usedBy));
            }
        }
        for (FlbDTO flb : state.flbs) {
            if (flb.compatible.equals(notes.flbs().get(0))) {
                assertEquals("IDLE", flb.state, flb::toString);
            }
        }
        assertEquals(0, state.refused.length, state::toString);
    }

    @AfterEach
    void theBundleIsGone() throws BundleException {
        ForeignAction.bundle(context, notes).uninstall();
        watching.unregister();
    }
}
