package org.liveupdate.providers.kvm.internal;

import java.nio.ByteBuffer;

/**
 * The attributes of one page of a machine, little-endian.
 *
 * <pre>
 *   0               8               16
 *  +---------------+---------------+
 *  | gfn           | attributes    |     gfn: guest address / 4096; PRIVATE = 8
 *  +---------------+---------------+
 * </pre>
 *
 * Pages without attributes have no entry; the others are in order.
 */
record MemoryAttributeLayout(long frame, long attributes) {

    /** Length in bytes. */
    static final int BYTES = 16;

    /** Appends an entry. */
    static void write(ByteBuffer target, long frame, long attributes) {
        target.putLong(frame).putLong(attributes);
    }

    /** Reads the next entry; checks nothing. */
    static MemoryAttributeLayout readFrom(ByteBuffer source) {
        return new MemoryAttributeLayout(source.getLong(), source.getLong());
    }
}
