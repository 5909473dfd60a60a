package org.liveupdate.demo.vm;

import java.util.List;

/**
 * A range of the guest's memory.
 *
 * @param name
 *            for people
 * @param start
 *            guest-physical address of its first byte
 * @param length
 *            in bytes
 */
record Memory(String name, long start, long length) {
    static final Memory LOW = new Memory("low memory", 0, 8L << 20);
    static final Memory HIGH = new Memory("high memory", 1L << 32, 16L << 20);
    static final Memory PRIVATE = new Memory("private memory", 2L << 32, 2L << 20);

    static List<Memory> values() {
        return List.of(LOW, HIGH, PRIVATE);
    }

    /** Where a device may write: in the middle. */
    long ring() {
        return start + length / 2;
    }

    /** The first address behind it. */
    long end() {
        return start + length;
    }
}
