package org.liveupdate.itests.e2e;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * One kill of a run of the demo with two live updates.
 *
 * @param update
 *            in which of them
 * @param event
 *            the kill comes after this
 * @param delay
 *            so much after it
 * @param victim
 *            who is killed
 */
record Killing(int update, Event event, Duration delay, Victim victim) {
    static final int UPDATES = 2;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int LONGEST_BOOT_MICROS = 600_000;
    private static final int LONGEST_STEP_MICROS = 4_000;

    /** What can be seen of a live update from outside. */
    enum Event {
        PREPARE, COMMITTED, CLAIMED, CONFIRMED
    }

    enum Victim {
        PREDECESSOR, SUCCESSOR, GENERATIONS, SUPERVISOR, ALL;

        boolean isGeneration(boolean successor) {
            return this == GENERATIONS || this == ALL || this == (successor ? SUCCESSOR : PREDECESSOR);
        }

        boolean isSupervisor() {
            return this == SUPERVISOR || this == ALL;
        }
    }

    /** The same for the same seed and index. */
    static Killing draw(long seed, int index) {
        SplittableRandom random = new SplittableRandom(seed * MIX + index);
        Event event = Event.values()[random.nextInt(Event.values().length)];
        int longest = event == Event.PREPARE ? LONGEST_BOOT_MICROS : LONGEST_STEP_MICROS;
        return new Killing(1 + random.nextInt(UPDATES), event, Duration.ofNanos(1000L * random.nextInt(longest)),
                Victim.values()[random.nextInt(Victim.values().length)]);
    }

    @Override
    public String toString() {
        return "kill " + victim + ' ' + delay.toNanos() / 1000 + " us after " + event + " of update " + update;
    }
}
