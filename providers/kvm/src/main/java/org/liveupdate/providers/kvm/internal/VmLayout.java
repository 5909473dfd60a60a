package org.liveupdate.providers.kvm.internal;

import org.liveupdate.kho.Region;

/**
 * What a preserved machine's {@code data} points to: the original's {@code struct kvm_vm_luo_ser}, little-endian, packed, and
 * behind it two fields of our own.
 *
 * <pre>
 *   0               8               16                      32        33     34
 *  +---------------+---------------+-----------------------+---------+------+
 *  | type          | nr_mem_attrs  | mem_attrs             | closed  | dead |
 *  +---------------+---------------+-----------------------+---------+------+
 *    0 or 1          entries         kho_vmalloc             0 or 1    0 or 1
 *                                    of {@link MemoryAttributeLayout}
 * </pre>
 *
 * Closed and dead are 1 while no provider serves the machine, if its user had closed it or it can never run again. Freezing
 * makes them 0, and this the original's structure to the byte. The version is in the handler's compatible string.
 */
record VmLayout(long type, long attributes, boolean closed, boolean dead) {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "kvm_vm_luo_v1";

    static final int TYPE_OFFSET = 0;
    static final int ATTRIBUTES_OFFSET = 8;
    static final int ATTRIBUTE_ARRAY_OFFSET = 16;
    static final int CLOSED_OFFSET = 32;
    static final int DEAD_OFFSET = 33;

    /** Length in bytes. */
    static final int BYTES = 34;

    /** Writes everything but the array of attributes. */
    void writeTo(Region target) {
        target.putLong(TYPE_OFFSET, type);
        target.putLong(ATTRIBUTES_OFFSET, attributes);
        update(target, closed, dead);
    }

    /** Writes what can change while a machine is preserved. */
    static void update(Region target, boolean closed, boolean dead) {
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
        target.putByte(DEAD_OFFSET, (byte) (dead ? 1 : 0));
    }

    /** Reads everything but the array of attributes; checks nothing. */
    static VmLayout readFrom(Region source) {
        return new VmLayout(source.getLong(TYPE_OFFSET), source.getLong(ATTRIBUTES_OFFSET),
                source.getByte(CLOSED_OFFSET) == 1, source.getByte(DEAD_OFFSET) == 1);
    }
}
