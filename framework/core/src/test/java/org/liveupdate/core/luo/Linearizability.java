package org.liveupdate.core.luo;

import java.io.IOException;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.liveupdate.api.LiveUpdateException;

/** How long Lincheck looks, and what its operations return. */
final class Linearizability {
    private static final int THREADS = 2;
    private static final int OPERATIONS = 4;
    /** {@code -Dliveupdate.lincheck.factor=N}: look at N times as many scenarios. */
    private static final int FACTOR = Integer.getInteger("liveupdate.lincheck.factor", 1);

    /** One call of the core. */
    interface Call {
        String run() throws LiveUpdateException, IOException;
    }

    /** Lincheck's own limit of some seconds includes the time in which it rewrites classes: a loaded machine exceeds it. */
    private static final long HUNG_MILLIS = 120_000;

    private Linearizability() {}

    /** What the call returned, or the errno with which it was refused. */
    static String result(Call call) {
        try {
            return call.run();
        } catch (LiveUpdateException e) {
            return e.errno().name();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Tries what real threads do. */
    static void stress(Class<?> operations) {
        new StressOptions().threads(THREADS).actorsPerThread(OPERATIONS).actorsBefore(2).actorsAfter(2)
                .iterations(4 * FACTOR).invocationsPerIteration(200)
                .invocationTimeout$lincheck(HUNG_MILLIS).check(operations);
    }

    /** Switches threads wherever that makes a difference, within limits: tries few runs, but chosen ones. */
    static void modelCheck(Class<?> operations, int invocations) {
        new ModelCheckingOptions().threads(THREADS).actorsPerThread(OPERATIONS - 1).actorsBefore(1).actorsAfter(1)
                .iterations(2 * FACTOR).invocationsPerIteration(invocations)
                .invocationTimeout$lincheck(HUNG_MILLIS).check(operations);
    }
}
