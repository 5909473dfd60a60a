package org.liveupdate.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory in proportion to the input: whoever reads bytes may allocate a fixed amount and some more for each byte, whatever
 * the bytes say.
 */
final class AllocationBound {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long FIXED_BYTES = 64 << 10;
    private static final long BYTES_FOR_EACH = 48;

    private AllocationBound() {}

    /** Something that reads bytes. */
    interface Reading<T, E extends Exception> {
        T read() throws E;
    }

    /** What may be allocated for an input of so many bytes. */
    static long of(int bytes) {
        return FIXED_BYTES + bytes * BYTES_FOR_EACH;
    }

    /**
     * Reads, and measures what this thread allocates meanwhile.
     *
     * @param limit
     *            in bytes
     * @param reading
     *            deterministic: it is read a second time where the first one allocated too much, because code that runs for
     *            the first time allocates for itself
     * @return what was read
     * @throws E
     *             as {@code reading} does
     * @throws AssertionError
     *             more was allocated than the input explains
     */
    static <T, E extends Exception> T check(long limit, Reading<T, E> reading) throws E {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            return reading.read();
        } finally {
            if (THREADS.getCurrentThreadAllocatedBytes() - before > limit) {
                requireAtMost(limit, reading);
            }
        }
    }

    private static void requireAtMost(long limit, Reading<?, ?> reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String outcome = outcome(reading);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > limit) {
            throw new AssertionError(
                    "allocated " + allocated + " bytes, more than " + limit + ": " + outcome);
        }
    }

    private static String outcome(Reading<?, ?> reading) {
        try {
            reading.read();
            return "accepted";
        } catch (Exception e) {
            return e.toString();
        }
    }
}
