package org.liveupdate.testkit;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file handler's bundle that was started, and how the contract tests use its files.
 *
 * @param <F>
 *            the type of the files
 */
@ConsumerType
public interface FileProvider<F> {
    /**
     * Makes a file, as its user would. Called by several threads at once; there are 64 MiB of handover memory for all.
     *
     * @param seed
     *            what its contents depend on: files of different seeds have different {@link #state}s
     * @return a file that the handler takes, not preserved
     * @throws Exception
     *             fails the test
     */
    F create(int seed) throws Exception;

    /**
     * Changes what the user of a preserved file may change.
     *
     * @param file
     *            a file that is preserved, or retrieved
     * @param seed
     *            what the change depends on
     * @throws Exception
     *             fails the test
     */
    default void change(F file, int seed) throws Exception {}

    /**
     * All that has to be the same after an update.
     *
     * @param file
     *            a file, not closed
     * @return a value that is compared by {@code equals}, of the JDK's classes only; a digest if it is large
     * @throws Exception
     *             fails the test
     */
    Object state(F file) throws Exception;

    /**
     * What this provider has counted of all preserved files together, in the object of an FLB for example: it has to be
     * the same before a failure and after it.
     *
     * @return as of {@link #state}
     * @throws Exception
     *             fails the test
     */
    default Object shared() throws Exception {
        return List.of();
    }

    /**
     * Files that have to be preserved earlier in the same session, because this one refers to them.
     *
     * @param file
     *            as {@link #create} returned it
     * @return files of handlers that this provider has registered, in order
     */
    default List<?> prerequisites(F file) {
        return List.of();
    }

    /**
     * The user of a file that was just retrieved does what the handler's {@code canFinish} waits for, if it waits for
     * anything.
     *
     * @param file
     *            a retrieved file
     * @throws Exception
     *             fails the test
     */
    default void retrieved(F file) throws Exception {}

    /**
     * The user of a file closes it, and the files that it was made with.
     *
     * @param file
     *            a file, in any state
     * @throws Exception
     *             fails the test
     */
    default void close(F file) throws Exception {}

    /**
     * The bundle stops: what is not preserved is released, threads end. Not called for a generation that has handed over:
     * its JVM ends without it.
     *
     * @throws Exception
     *             fails the test
     */
    default void close() throws Exception {}
}
