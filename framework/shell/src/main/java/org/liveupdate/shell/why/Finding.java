package org.liveupdate.shell.why;

/**
 * One thing that is so, and what to do about it.
 *
 * @param sentence
 *            what is so and why
 * @param remedy
 *            a command, or what else a person can do; null if nothing has to be done
 * @param trouble
 *            whether something does not work because of it
 */
public record Finding(String sentence, String remedy, boolean trouble) {
    static Finding fact(String sentence) {
        return new Finding(sentence, null, false);
    }

    static Finding hint(String sentence, String remedy) {
        return new Finding(sentence, remedy, false);
    }

    static Finding trouble(String sentence, String remedy) {
        return new Finding(sentence, remedy, true);
    }
}
