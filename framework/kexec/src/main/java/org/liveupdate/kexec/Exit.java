package org.liveupdate.kexec;

/** Ends the JVM at once, without shutdown code: {@code Runtime.halt}. A test may do otherwise. */
@FunctionalInterface
interface Exit {
    /**
     * Does not return.
     *
     * @param status
     *            exit status
     */
    void halt(int status);
}
