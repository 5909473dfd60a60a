package org.liveupdate.core.luo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who left what is preserved without an owner, and when: text only, so that nothing of a bundle that is gone is kept.
 *
 * @param owner
 *            identity of the bundle that may come back
 * @param event
 *            for people: what happened then
 * @param since
 *            when it left
 * @param failure
 *            how the bundle that came back last failed to attach, or null
 */
record Departure(String owner, String event, Instant since, String failure) {
    static Departure of(Module module) {
        return now(module, module + " left");
    }

    /** The core itself has come back, and waits for the owner of what it finds. */
    static Departure ofAll(Module module) {
        return now(module, "the core started again");
    }

    private static Departure now(Module module, String event) {
        return new Departure(module.owner(), event, Instant.now().truncatedTo(ChronoUnit.SECONDS), null);
    }

    Departure failed(String text) {
        return new Departure(owner, event, since, text);
    }

    /** For people: the reason and what to do. */
    @Override
    public String toString() {
        String missing = "detached since " + since + ", when " + event + "; ";
        return failure == null ? missing + "install and start " + owner : missing
                + "attaching it failed: " + failure;
    }
}
