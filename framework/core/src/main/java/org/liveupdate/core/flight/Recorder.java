package org.liveupdate.core.flight;

import org.liveupdate.api.Errno;

/**
 * Writes into a flight recording. While nothing is recorded a call costs a look at a flag, and nothing is allocated.
 * Thread safe.
 */
public interface Recorder {
    /** What a callback was about. */
    interface Call {
        /**
         * FLB or HANDLER.
         *
         * @return not null
         */
        String kind();

        /**
         * Compatible string of the provider.
         *
         * @return not null
         */
        String compatible();

        /**
         * The bundle that is called.
         *
         * @return not null
         */
        Object module();
    }

    /** Where there is no flight recorder. */
    Recorder NONE = new Recorder() {
        @Override
        public Object begin() {
            return null;
        }

        @Override
        public void end(Object begun, Call call, String callback, String session, long token, Errno errno) {
            // there is nothing to write to
        }

        @Override
        public Object beginPhase() {
            return null;
        }

        @Override
        public void endPhase(Object begun, String phase, Object subject, Errno errno) {
            // there is nothing to write to
        }
    };

    /**
     * The recorder of this JVM.
     *
     * @return {@link #NONE} where the JVM, or the framework, has no {@code jdk.jfr}
     */
    static Recorder find() {
        try {
            return new JfrRecorder();
        } catch (NoClassDefFoundError e) {
            return NONE;
        }
    }

    /**
     * A callback begins.
     *
     * @return for {@link #end}; null while no callbacks are recorded
     */
    Object begin();

    /**
     * A callback has returned.
     *
     * @param begun
     *            from {@link #begin}, not null
     * @param call
     *            who was called
     * @param callback
     *            which, as the kernel spells it
     * @param session
     *            the session concerned, or null
     * @param token
     *            the file concerned
     * @param errno
     *            how it failed, or null
     */
    void end(Object begun, Call call, String callback, String session, long token, Errno errno);

    /**
     * A phase begins.
     *
     * @return for {@link #endPhase}; null while no phases are recorded
     */
    Object beginPhase();

    /**
     * A phase is over.
     *
     * @param begun
     *            from {@link #beginPhase}; null does nothing
     * @param phase
     *            which, such as {@code freeze}
     * @param subject
     *            a bundle or an image, as text; null for none
     * @param errno
     *            how it failed, or null
     */
    void endPhase(Object begun, String phase, Object subject, Errno errno);
}
