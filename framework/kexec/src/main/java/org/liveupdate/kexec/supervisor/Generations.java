package org.liveupdate.kexec.supervisor;

/** The option {@code --generations N}. */
final class Generations {
    static final String OPTION = "--generations";
    static final int MAX = 10_000;

    private Generations() {}

    /** How many live updates to make in a row: 1 without the option. */
    static int of(Arguments arguments) throws UsageException {
        String word = arguments.value(OPTION).orElse("1");
        try {
            int generations = Integer.parseInt(word);
            if (generations >= 1 && generations <= MAX) {
                return generations;
            }
        } catch (NumberFormatException e) {
            // the sentence below says it for both
        }
        throw new UsageException(OPTION + " needs a number from 1 to " + MAX + ", not \"" + word + "\"");
    }
}
