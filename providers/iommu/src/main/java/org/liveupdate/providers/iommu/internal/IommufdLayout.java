package org.liveupdate.providers.iommu.internal;

import org.liveupdate.kho.Region;

/**
 * What a preserved iommufd's {@code data} points to: the original's {@code struct iommufd_ser}, version 1, little-endian,
 * packed, and behind it what the original leaves to its user to make again.
 *
 * <pre>
 *   0           8               8 + 24 n    + 8 (ours)                       + 40 m
 *  +-----------+---------------+-----------+--------------------------------+
 *  | nr_hwpts  | hwpts[n]      | closed |m | mappings[m]                    |
 *  +-----------+---------------+-----------+--------------------------------+
 *
 *  hwpt, 24 bytes                             mapping, 40 bytes
 *    0  u64  domain_data  {@link DomainLayout}     0  u32  address space
 *    8  u64  token                              4  u32  flags: 1 writable
 *   16  u8   reclaimed: 0 or 1                  8  u64  IO virtual address
 *   17  u8   padding, 0                        16  u64  length in bytes
 *   18  u16  ours: number of the page table    24  u64  token of the file in the session
 *   20  u32  ours: address space, at least 1   32  u64  offset in the file
 * </pre>
 *
 * Closed (u32) is 1 while no provider serves the iommufd and its user had closed it before; m is a u32, too. In what was
 * the original's padding a number of a page table is at most 65535. The version is in the handler's compatible string.
 */
final class IommufdLayout {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "iommufd-v1";

    /** The largest number of a page table. */
    static final int MAX_ID = 0xffff;

    private static final int TABLES_OFFSET = 8;
    private static final int TABLE_BYTES = 24;
    private static final int MAPPING_BYTES = 40;
    private static final int OWN_BYTES = 8;

    private static final int DOMAIN_OFFSET = 0;
    private static final int TOKEN_OFFSET = 8;
    private static final int RECLAIMED_OFFSET = 16;
    private static final int ID_OFFSET = 18;
    private static final int SPACE_OFFSET = 20;

    private static final int WRITABLE = 1;

    /** A page table. */
    record Table(long domain, long token, boolean reclaimed, int id, int space) {

        void write(Region region, int index) {
            long at = tableOffset(index);
            region.putLong(at + DOMAIN_OFFSET, domain);
            region.putLong(at + TOKEN_OFFSET, token);
            region.putByte(at + RECLAIMED_OFFSET, (byte) (reclaimed ? 1 : 0));
            region.putShort(at + ID_OFFSET, (short) id);
            region.putInt(at + SPACE_OFFSET, space);
        }

        static Table read(Region region, int index) {
            long at = tableOffset(index);
            return new Table(region.getLong(at + DOMAIN_OFFSET), region.getLong(at + TOKEN_OFFSET),
                    region.getByte(at + RECLAIMED_OFFSET) == 1, Short.toUnsignedInt(region.getShort(at + ID_OFFSET)),
                    region.getInt(at + SPACE_OFFSET));
        }
    }

    /** A mapping. */
    record Range(int space, boolean writable, long iova, long length, long file, long offset) {

        void write(Region region, int tables, int index) {
            long at = mappingOffset(tables, index);
            region.putInt(at, space);
            region.putInt(at + 4, writable ? WRITABLE : 0);
            region.putLong(at + 8, iova);
            region.putLong(at + 16, length);
            region.putLong(at + 24, file);
            region.putLong(at + 32, offset);
        }

        static Range read(Region region, int tables, int index) {
            long at = mappingOffset(tables, index);
            return new Range(region.getInt(at), region.getInt(at + 4) == WRITABLE, region.getLong(at + 8),
                    region.getLong(at + 16), region.getLong(at + 24), region.getLong(at + 32));
        }
    }

    private IommufdLayout() {}

    /** How many bytes it takes. */
    static long bytes(long tables, long mappings) {
        return TABLES_OFFSET + tables * TABLE_BYTES + OWN_BYTES + mappings * MAPPING_BYTES;
    }

    static long tables(Region region) {
        return region.getLong(0);
    }

    static void tables(Region region, int tables) {
        region.putLong(0, tables);
    }

    static boolean isClosed(Region region, int tables) {
        return region.getInt(tableOffset(tables)) == 1;
    }

    static void closed(Region region, int tables, boolean closed) {
        region.putInt(tableOffset(tables), closed ? 1 : 0);
    }

    static int mappings(Region region, int tables) {
        return region.getInt(tableOffset(tables) + 4);
    }

    static void mappings(Region region, int tables, int mappings) {
        region.putInt(tableOffset(tables) + 4, mappings);
    }

    private static long tableOffset(int index) {
        return TABLES_OFFSET + (long) index * TABLE_BYTES;
    }

    private static long mappingOffset(int tables, int index) {
        return tableOffset(tables) + OWN_BYTES + (long) index * MAPPING_BYTES;
    }
}
