package org.liveupdate.testkit;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An FLB's bundle that was started, and how the contract tests use the live object.
 *
 * @param <T>
 *            the type of the live object
 */
@ConsumerType
public interface FlbProvider<T> {
    /**
     * Changes the live object, as a file that depends on the FLB, or another bundle, would.
     *
     * @param object
     *            the live object, null if the FLB has none
     * @param seed
     *            what the change depends on: changes of different seeds lead to different {@link #state}s
     * @throws Exception
     *             fails the test
     */
    void change(T object, int seed) throws Exception;

    /**
     * All that has to be the same after an update.
     *
     * @param object
     *            the live object, null if the FLB has none
     * @return a value that is compared by {@code equals}, of the JDK's classes only; a digest if it is large
     * @throws Exception
     *             fails the test
     */
    Object state(T object) throws Exception;

    /**
     * The bundle stops: what is not preserved is released, threads end. Not called for a generation that has handed over:
     * its JVM ends without it.
     *
     * @throws Exception
     *             fails the test
     */
    default void close() throws Exception {}
}
