package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/** What nobody refers to any more is collected. */
final class Garbage {
    /** What was not found by so many collections is taken for referred to. */
    private static final int COLLECTIONS = 10;
    /** A collection is over before its references are in their queue. */
    private static final long MILLIS_FOR_THE_QUEUE = 100;

    private Garbage() {}

    /** Waits until the collector has found the only reference of a queue. */
    static void assertCollected(Reference<?> reference, ReferenceQueue<Object> queue, String otherwise)
            throws InterruptedException {
        Reference<?> found = null;
        for (int collection = 0; collection < COLLECTIONS && found == null; collection++) {
            System.gc();
            found = queue.remove(MILLIS_FOR_THE_QUEUE);
        }
        assertTrue(found == reference, otherwise);
    }
}
