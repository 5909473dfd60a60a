package org.liveupdate.kho.image;

/**
 * The binary layout of an image, version 1. The device tree is big-endian, all else little-endian. An address in the
 * metadata is a byte offset in the image.
 *
 * <pre>
 *              0  +-----------------------------------------+
 *                 | device tree, zeros up to the next page  |  1 or more pages of 4096 bytes
 *     treeBytes   +-----------------------------------------+
 *                 | metadata pages                          |  0 or more
 *   length - 64   +-----------------------------------------+
 *                 | trailer                                 |  64 bytes
 *        length   +-----------------------------------------+
 *
 *   trailer     0  u64  magic      "LUOIMAGE" as bytes
 *               8  u64  length     of the image in bytes, trailer included
 *              16  u32  version    1
 *              20  u32  compatible the oldest version whose readers can read it
 *              24  u64  treeBytes  where the metadata starts; multiple of 4096
 *              32       reserved   zeros
 *              60  u32  checksum   CRC-32C of all bytes before it
 * </pre>
 *
 * <p>Magic, length and checksum stay where they are in every later version, counted from the end: so an image of a
 * later version is told from a broken one.
 */
final class ImageLayout {

    static final int PAGE_BYTES = 4096;
    static final int TRAILER_BYTES = 64;

    /** "LUOIMAGE", read as a little-endian number. */
    static final long MAGIC = 0x4547414d494f554cL;
    static final int VERSION = 1;
    /** The oldest version that this build still reads. */
    static final int OLDEST_READ = 1;

    static final int MAGIC_OFFSET = 0;
    static final int LENGTH_OFFSET = 8;
    static final int VERSION_OFFSET = 16;
    static final int COMPATIBLE_OFFSET = 20;
    static final int TREE_BYTES_OFFSET = 24;
    static final int CHECKSUM_OFFSET = 60;

    static final int SMALLEST_BYTES = PAGE_BYTES + TRAILER_BYTES;

    private ImageLayout() {}

    /** The next multiple of a page. */
    static int wholePages(int bytes) {
        return bytes + PAGE_BYTES - 1 & -PAGE_BYTES;
    }
}
