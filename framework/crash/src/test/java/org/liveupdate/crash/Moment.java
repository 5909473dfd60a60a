package org.liveupdate.crash;

/**
 * An instant of a live update.
 *
 * @param step
 *            next to which step
 * @param after
 *            whether that step is done, or about to be done
 */
record Moment(Step step, boolean after) {
    static Moment before(Step step) {
        return new Moment(step, false);
    }

    static Moment after(Step step) {
        return new Moment(step, true);
    }

    static Moment parse(String text) {
        int space = text.indexOf(' ');
        return new Moment(Step.valueOf(text.substring(space + 1)), text.startsWith("after"));
    }

    @Override
    public String toString() {
        return (after ? "after " : "before ") + step;
    }
}
