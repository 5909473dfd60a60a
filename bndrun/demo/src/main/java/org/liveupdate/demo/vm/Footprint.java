package org.liveupdate.demo.vm;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/**
 * What a generation uses when everything is preserved: what must not grow from one generation to the next.
 *
 * @param pages
 *            of handover memory
 * @param heap
 *            bytes, after a collection
 * @param threads
 *            of this JVM
 * @param descriptors
 *            open files of this JVM
 */
record Footprint(long pages, long heap, long threads, long descriptors) {
    private static final int NUMBERS = 4;

    /** Of this JVM now. */
    static Footprint of(RuntimeDTO state) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
        return new Footprint(state.memory.usedPages, runtime.totalMemory() - runtime.freeMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount(), descriptors);
    }

    String line() {
        return pages + " " + heap + " " + threads + " " + descriptors;
    }

    /**
     * Reads what {@link #line} writes.
     *
     * @throws IllegalArgumentException
     *             if it is something else
     */
    static Footprint parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != NUMBERS) {
            throw new IllegalArgumentException(words.length + " numbers instead of " + NUMBERS);
        }
        return new Footprint(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }
}
