package org.liveupdate.kho.image;

/**
 * The layout of the scopes and blocks of handover memory in an image: {@link KhoFormats#MEMORY}, version 2.
 *
 * <pre>
 *   node liveupdate-kho, a child of the root
 *      compatible     "liveupdate-kho-v2"
 *      memory-file    name of the memory file, in the directory of the image
 *      memory-size    u64  its length in bytes
 *      next-scope-id  u64  above the id of every scope there has been
 *      scopes         u64  head of the chain of scope entries, 0 if there are none
 *      blocks         u64  head of the chain of block entries, 0 if there are none
 *      erase          u64  head of the chain of entries of blocks that nobody owns, to be overwritten
 *                          with zeros once it is decided who goes on; 0 if there are none
 *
 *   scope entry, 160 bytes               block entry, 16 bytes
 *      0  u64  id, at least 1              0  u64  address, a multiple of 4096 &lt;&lt; order
 *      8  u64  blocks                      8  u8   order, 0 to 18
 *     16  char owner[144]                  9  u8   flags: 1 secret, 2 summed, 4 devices
 *                                         10  u16  reserved, 0
 *                                         12  u32  checksum of the contents if summed, else 0
 * </pre>
 *
 * <p>The block entries are in the order of the scopes: first those of the first scope, and so on. The checksum of a
 * block is the CRC-32C of the CRC-32Cs of its pages, in order, each as a u32: so pages can be summed at different
 * times. Blocks that devices write to, also while no JVM does, are not summed.
 *
 * <p>Version 1 does not have the flag for devices, and is the same otherwise.
 */
final class ScopeLayout {

    static final String NODE = "liveupdate-kho";

    static final String FILE_PROPERTY = "memory-file";
    static final String SIZE_PROPERTY = "memory-size";
    static final String NEXT_ID_PROPERTY = "next-scope-id";
    static final String SCOPES_PROPERTY = "scopes";
    static final String BLOCKS_PROPERTY = "blocks";
    static final String ERASE_PROPERTY = "erase";

    static final int SCOPE_BYTES = 160;
    static final int ID_OFFSET = 0;
    static final int BLOCKS_OFFSET = 8;
    static final int OWNER_OFFSET = 16;
    static final int OWNER_BYTES = 144;

    static final int BLOCK_BYTES = 16;
    static final int ADDRESS_OFFSET = 0;
    static final int ORDER_OFFSET = 8;
    static final int FLAGS_OFFSET = 9;
    static final int RESERVED_OFFSET = 10;
    static final int CHECKSUM_OFFSET = 12;

    static final int FLAG_SECRET = 1;
    static final int FLAG_SUMMED = 2;
    static final int FLAG_DEVICES = 4;

    static final int MAX_ORDER = 18;

    private ScopeLayout() {}
}
