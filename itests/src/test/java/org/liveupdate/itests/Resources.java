package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * What this JVM uses after a garbage collection.
 *
 * @param heapBytes
 *            live objects
 * @param threads
 *            that run
 * @param classes
 *            that are loaded
 */
record Resources(long heapBytes, int threads, int classes) {
    static Resources used() {
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Resources(heap.getUsed(), ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    /** Memory within a slack, threads within the one or two that the JVM starts when it likes. */
    void assertNotMoreThan(Resources before, long slackBytes) {
        assertTrue(heapBytes <= before.heapBytes + slackBytes, () -> this + ", before " + before);
        assertTrue(threads <= before.threads + 2, () -> this + ", before " + before);
    }

    @Override
    public String toString() {
        return String.format("heap %,d KiB, %d threads, %,d classes", heapBytes >> 10, threads, classes);
    }
}
