package org.liveupdate.providers.api.fatal;

import java.time.Instant;
import java.util.Objects;

/**
 * Something after which preserved state cannot be trusted any more. It holds text only, so that it keeps no provider alive.
 *
 * @param when it was detected, by the clock on the wall
 * @param bundle symbolic name of the bundle that detected it
 * @param subject which device or table it is about, such as {@code 0000:00:03.0}
 * @param what what was found, in one sentence
 * @param action what an operator can do, in one sentence
 */
public record FatalCondition(Instant when, String bundle, String subject, String what, String action) {

    /** Checks that nothing is null. */
    public FatalCondition {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(action, "action");
    }

    /** All of it in one line, for a log or a table. */
    @Override
    public String toString() {
        return "FATAL " + when + " " + bundle + ": " + subject + ": " + what + " (" + action + ")";
    }
}
