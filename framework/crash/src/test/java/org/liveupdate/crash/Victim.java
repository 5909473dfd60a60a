package org.liveupdate.crash;

import java.util.SplittableRandom;
import org.liveupdate.crash.Step.Side;

/** Who is killed. */
enum Victim {
    PREDECESSOR, SUCCESSOR,
    /** As when the whole group of processes is killed. */
    BOTH,
    /** Both, and the next start in the middle of it, too. */
    BOTH_AND_NEXT;

    private static final int PERCENT = 100;
    private static final int PERCENT_OF_ONE = 40;
    private static final int PERCENT_OF_BOTH = 15;

    /** Mostly one: there is more to see where somebody is left. */
    static Victim draw(SplittableRandom random) {
        int drawn = random.nextInt(PERCENT);
        if (drawn < PERCENT_OF_ONE) {
            return PREDECESSOR;
        }
        if (drawn < 2 * PERCENT_OF_ONE) {
            return SUCCESSOR;
        }
        return drawn < 2 * PERCENT_OF_ONE + PERCENT_OF_BOTH ? BOTH : BOTH_AND_NEXT;
    }

    boolean is(Side side) {
        return ordinal() >= BOTH.ordinal() || name().equals(side.name());
    }
}
