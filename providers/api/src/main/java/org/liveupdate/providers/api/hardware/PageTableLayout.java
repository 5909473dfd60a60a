package org.liveupdate.providers.api.hardware;

/**
 * The page tables that devices translate through, version 1: a tree of pages with 512 entries, each a little-endian u64.
 *
 * <pre>
 *   IO virtual address
 *    63        48 47     39 38     30 29     21 20     12 11         0
 *   +------------+---------+---------+---------+---------+------------+
 *   | must be 0  | index 3 | index 2 | index 1 | index 0 | offset     |
 *   +------------+---------+---------+---------+---------+------------+
 *
 *   entry
 *    63  52 51                                12 11   8  7  6   2  1  0
 *   +------+------------------------------------+------+--+------+--+--+
 *   |  0   | address / 4096                     |  0   |L |  0   |W |R |
 *   +------+------------------------------------+------+--+------+--+--+
 *     R: may be read    W: may be written    neither: nothing is there
 *     L: at level 1 or 2, the address is that of memory (2 MiB, 1 GiB), not of a table; at level 0 it always is
 * </pre>
 *
 * The permissions that count are those of the last entry; entries that refer to tables have both.
 */
public final class PageTableLayout {

    /** Bytes in a table, and in the smallest page. */
    public static final int PAGE_BYTES = 4096;

    /** Entries in a table. */
    public static final int ENTRIES = 512;

    /** The level of the table at the top. */
    public static final int TOP_LEVEL = 3;

    /** The highest level whose entries can refer to memory. */
    public static final int MAX_LEAF_LEVEL = 2;

    /** Bits of an IO virtual address. */
    public static final int ADDRESS_BITS = 48;

    /** Flag: may be read. */
    public static final long READ = 1;

    /** Flag: may be written. */
    public static final long WRITE = 2;

    /** Flag: refers to memory, above level 0. */
    public static final long LEAF = 1 << 7;

    private static final long ADDRESS_MASK = 0x000f_ffff_ffff_f000L;
    private static final int INDEX_BITS = 9;
    private static final int OFFSET_BITS = 12;

    private PageTableLayout() {}

    /** How many bytes an entry of a table at {@code level} stands for. */
    public static long span(int level) {
        return 1L << OFFSET_BITS + INDEX_BITS * level;
    }

    /** Where the entry for {@code iova} is in a table at {@code level}, in bytes. */
    public static int offset(long iova, int level) {
        return (int) (iova >>> OFFSET_BITS + INDEX_BITS * level & ENTRIES - 1) * Long.BYTES;
    }

    /** What an entry refers to: the address of a table or of memory. */
    public static long address(long entry) {
        return entry & ADDRESS_MASK;
    }

    /** Whether there is anything. */
    public static boolean isPresent(long entry) {
        return (entry & (READ | WRITE)) != 0;
    }

    /** Whether an entry of a table at {@code level} that is present refers to memory. */
    public static boolean isLeaf(long entry, int level) {
        return level == 0 || (entry & LEAF) != 0;
    }

    /** An entry that refers to a table. */
    public static long table(long address) {
        return address | READ | WRITE;
    }

    /** An entry of a table at {@code level} that refers to memory. */
    public static long leaf(long address, int level, boolean writable) {
        return address | READ | (writable ? WRITE : 0) | (level == 0 ? 0 : LEAF);
    }
}
