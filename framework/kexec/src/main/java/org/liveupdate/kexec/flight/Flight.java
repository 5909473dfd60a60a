package org.liveupdate.kexec.flight;

import org.liveupdate.api.Errno;

/** What a live update writes into the flight recordings of this JVM. Thread safe. */
public interface Flight {
    /** A phase that has begun. */
    interface Phase {
        /**
         * It is over.
         *
         * @param subject
         *            a successor or an image, written as text; null for none
         * @param errno
         *            how it failed, or null
         */
        void end(Object subject, Errno errno);
    }

    /** Where there is no flight recorder. */
    Flight NONE = new Flight() {
        @Override
        public Phase begin(String phase) {
            return (subject, errno) -> {};
        }

        @Override
        public void keep(int generation) {
            // nothing was recorded
        }
    };

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
     * A phase begins. While nothing is recorded that costs a look at a flag.
     *
     * @param phase
     *            which, such as {@code prepare}
     * @return never null
     */
    Phase begin(String phase);

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
