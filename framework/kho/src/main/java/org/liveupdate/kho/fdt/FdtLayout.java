package org.liveupdate.kho.fdt;

/**
 * The binary layout of a flattened device tree, version 17. Everything is big-endian.
 *
 * <pre>
 *      0  magic              d0 0d fe ed
 *      4  totalsize          header to end, in bytes
 *      8  off_dt_struct      multiple of 4
 *     12  off_dt_strings
 *     16  off_mem_rsvmap     multiple of 8
 *     20  version            17
 *     24  last_comp_version  16: the oldest version whose readers can read it
 *     28  boot_cpuid_phys
 *     32  size_dt_strings    in bytes
 *     36  size_dt_struct     in bytes; missing in version 16
 *     40  +------------------------------------------------+
 *         | reservations: {u64 address; u64 size} ... {0;0} |
 *         +------------------------------------------------+
 *         | structure: tokens of 4 bytes                    |
 *         |   BEGIN_NODE name NUL, padded to 4              |
 *         |   PROP {u32 length; u32 name offset} value, pad |
 *         |   END_NODE, NOP, END                            |
 *         +------------------------------------------------+
 *         | strings: property names, NUL-terminated         |
 *         +------------------------------------------------+
 * </pre>
 */
final class FdtLayout {

    static final int MAGIC = 0xd00dfeed;
    static final int VERSION = 17;
    static final int LAST_COMPATIBLE_VERSION = 16;

    static final int TOTAL_SIZE = 4;
    static final int STRUCTURE_OFFSET = 8;
    static final int STRINGS_OFFSET = 12;
    static final int RESERVATIONS_OFFSET = 16;
    static final int VERSION_OFFSET = 20;
    static final int LAST_COMPATIBLE_OFFSET = 24;
    static final int STRINGS_SIZE = 32;
    static final int STRUCTURE_SIZE = 36;
    static final int HEADER_BYTES = 40;
    static final int HEADER_BYTES_16 = 36;

    static final int RESERVATION_BYTES = 16;

    static final int BEGIN_NODE = 1;
    static final int END_NODE = 2;
    static final int PROPERTY = 3;
    static final int NOP = 4;
    static final int END = 9;

    /** How deep nodes may be nested, the root included: more than any tree that is meant seriously. */
    static final int MAX_DEPTH = 64;

    private FdtLayout() {}

    /** The next multiple of 4. */
    static int aligned(int offset) {
        return offset + 3 & ~3;
    }
}
