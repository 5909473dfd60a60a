package org.liveupdate.kexec.supervisor.link;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How long one side waits for the other. Each is a system property, in milliseconds; given to the supervisor's JVM, all
 * generations have it too.
 *
 * @param prepare
 *            {@code liveupdate.prepare.timeout}, 30000: from starting a successor until it waits for an image
 * @param settle
 *            {@code liveupdate.settle.timeout}, 2000: how long a successor that lacks something may still announce it
 * @param confirm
 *            {@code liveupdate.confirm.timeout}, 5000: from committing an image until the successor has confirmed it
 * @param exitGrace
 *            {@code liveupdate.exit.grace}, 5000: from confirming until the predecessor has ended by itself
 * @param stop
 *            {@code liveupdate.stop.timeout}, 30000: for an orderly stop of the framework, and before it for an update
 *            that is under way
 */
public record TimeLimits(Duration prepare, Duration settle, Duration confirm, Duration exitGrace, Duration stop) {
    /**
     * Reads them.
     *
     * @param properties
     *            value of a property by name, null if it is not set
     * @return the limits
     * @throws IllegalArgumentException
     *             if one is not a positive number
     */
    public static TimeLimits of(UnaryOperator<String> properties) {
        return new TimeLimits(limit(properties, "liveupdate.prepare.timeout", 30_000),
                limit(properties, "liveupdate.settle.timeout", 2_000),
                limit(properties, "liveupdate.confirm.timeout", 5_000),
                limit(properties, "liveupdate.exit.grace", 5_000),
                limit(properties, "liveupdate.stop.timeout", 30_000));
    }

    private static Duration limit(UnaryOperator<String> properties, String name, long standard) {
        String value = properties.apply(name);
        try {
            long millis = value == null ? standard : Long.parseLong(value.strip());
            if (millis > 0) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // the sentence below says it for both
        }
        throw new IllegalArgumentException("the system property " + name + " is \"" + value
                + "\", but it must be a number of milliseconds above 0; without it the limit is " + standard);
    }
}
