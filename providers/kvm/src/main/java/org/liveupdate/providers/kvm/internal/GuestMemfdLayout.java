package org.liveupdate.providers.kvm.internal;

import org.liveupdate.kho.Region;

/**
 * What the {@code data} of preserved guest memory points to: the original's {@code struct guest_memfd_luo_ser},
 * little-endian, packed, and behind it three fields of our own.
 *
 * <pre>
 *   0         8         16          24          32              48       49       50      51
 *  +---------+---------+-----------+-----------+---------------+--------+--------+-------+
 *  | size    | flags   | nr_folios | vm_token  | folios        | closed | linked | order |
 *  +---------+---------+-----------+-----------+---------------+--------+--------+-------+
 *    bytes     MMAP = 1  entries     valid from  kho_vmalloc     0 or 1   0 or 1   pages of 4096 &lt;&lt; order
 *              INIT_SHARED = 2       the freeze  of {@link GuestFolioLayout}       bytes
 * </pre>
 *
 * Two kinds of files have this layout: those on pages of 4096 bytes are the original's, with order 0; those on huge pages
 * are ours, with another order. Closed and linked are 1 while no provider serves the file, if its user had closed it and if
 * {@code vm_token} tells its machine. Freezing makes them 0, and with order 0 this the original's structure to the byte.
 * The versions are in the handlers' compatible strings.
 */
record GuestMemfdLayout(long size, long flags, long folios, long vmToken, boolean closed, boolean linked, int order) {

    /** The compatible string of this version, on pages of 4096 bytes. */
    static final String COMPATIBLE = "guest_memfd_luo_v1";

    /** The compatible string of this version, on huge pages. */
    static final String HUGE_COMPATIBLE = "guest_memfd_huge_v1";

    static final int SIZE_OFFSET = 0;
    static final int FLAGS_OFFSET = 8;
    static final int FOLIOS_OFFSET = 16;
    static final int VM_TOKEN_OFFSET = 24;
    static final int FOLIO_ARRAY_OFFSET = 32;
    static final int CLOSED_OFFSET = 48;
    static final int LINKED_OFFSET = 49;
    static final int ORDER_OFFSET = 50;

    /** Length in bytes. */
    static final int BYTES = 51;

    /** Writes what never changes while a file is preserved, but for the array of folios. */
    static void write(Region target, long size, long flags, long folios, int order) {
        target.putLong(SIZE_OFFSET, size);
        target.putLong(FLAGS_OFFSET, flags);
        target.putLong(FOLIOS_OFFSET, folios);
        target.putByte(ORDER_OFFSET, (byte) order);
    }

    /** The file is frozen for the next generation. */
    static void freeze(Region target, long vmToken) {
        target.putLong(VM_TOKEN_OFFSET, vmToken);
        update(target, false, false);
    }

    /** The token of the machine, as far as it is not there from the freeze on. */
    static void vmToken(Region target, long vmToken) {
        target.putLong(VM_TOKEN_OFFSET, vmToken);
    }

    /** The file is left to the next provider. */
    static void update(Region target, boolean closed, boolean linked) {
        target.putByte(CLOSED_OFFSET, (byte) (closed ? 1 : 0));
        target.putByte(LINKED_OFFSET, (byte) (linked ? 1 : 0));
    }

    /** Reads everything but the array of folios; checks nothing. */
    static GuestMemfdLayout readFrom(Region source) {
        return new GuestMemfdLayout(source.getLong(SIZE_OFFSET), source.getLong(FLAGS_OFFSET),
                source.getLong(FOLIOS_OFFSET), source.getLong(VM_TOKEN_OFFSET), source.getByte(CLOSED_OFFSET) == 1,
                source.getByte(LINKED_OFFSET) == 1, Byte.toUnsignedInt(source.getByte(ORDER_OFFSET)));
    }
}
