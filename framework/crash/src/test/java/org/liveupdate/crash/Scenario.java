package org.liveupdate.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One kill.
 *
 * @param moment
 *            when; null: at a random instant
 * @param part
 *            that instant: after this part of the time that the live update before took
 * @param victim
 *            who
 * @param takesBack
 *            whether the predecessor takes the image back after the successor has claimed it
 */
record Scenario(Moment moment, double part, Victim victim, boolean takesBack) {
    /** Some are killed when all is done. */
    private static final double BEYOND = 1.2;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** Two for each step: whoever makes it is killed before it, and each kind of victim in turn after it. */
    static List<Scenario> twoForEachStep() {
        List<Scenario> some = new ArrayList<>();
        for (Step step : Step.values()) {
            some.add(at(Moment.before(step), Victim.valueOf(step.side().name())));
            some.add(at(Moment.after(step), Victim.values()[step.ordinal() % Victim.values().length]));
        }
        return some;
    }

    /** The same for the same seed and index, whatever was killed before: half of them at a named moment. */
    static Scenario draw(long seed, long index) {
        SplittableRandom random = new SplittableRandom(seed * MIX + index);
        Victim victim = Victim.draw(random);
        if (random.nextBoolean()) {
            Step step = Step.values()[random.nextInt(Step.values().length)];
            return at(new Moment(step, random.nextBoolean()), victim);
        }
        return new Scenario(null, BEYOND * random.nextDouble(), victim, random.nextInt(4) == 0);
    }

    private static Scenario at(Moment moment, Victim victim) {
        return new Scenario(moment, 0, victim, moment.step() == Step.TAKE_BACK || moment.step() == Step.RESUME);
    }

    /** Whether the moment comes only where decided images of earlier updates are in the directory. */
    boolean needsOldImages() {
        return moment != null && moment.step() == Step.CLEANUP;
    }

    /** Whether the next start, if it is killed, too, is killed after its step rather than before it. */
    boolean killsNextAfter() {
        return moment == null ? part > BEYOND / 2 : moment.after();
    }

    /** For a table. */
    String name() {
        return moment == null ? "at random" : moment.toString();
    }

    @Override
    public String toString() {
        return "kill " + victim + ' ' + (moment == null ? "after " + part + " of an update" : moment.toString())
                + (takesBack ? " of an update that is taken back" : "");
    }
}
