package org.liveupdate.kexec.flight;

/** The flight recordings of this JVM. Thread safe. */
public interface Flight {
    /** Where there is no flight recorder: nothing was recorded. */
    Flight NONE = generation -> {};

    /**
     * The flight recorder of this JVM.
     *
     * @return {@link #NONE} where the JVM, or the framework, has no {@code jdk.jfr}
     */
    static Flight find() {
        try {
            return new JfrFlight();
        } catch (NoClassDefFoundError e) {
            return NONE;
        }
    }

    /**
     * The JVM is about to end without shutdown code, which is what would write recordings whose {@code dumponexit} is
     * set: writes each into the working directory, as {@code liveupdate-generation-N-pid-P-id-R.jfr}, unless that code
     * has run. What cannot be written is said on standard error.
     *
     * @param generation
     *            number of this generation
     */
    void keep(int generation);
}
