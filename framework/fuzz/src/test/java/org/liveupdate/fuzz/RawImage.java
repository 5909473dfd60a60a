package org.liveupdate.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Images whose checksum is right whatever is in them, so that a reader looks further. Pages are mostly zeros, and a fuzzer
 * that changes zeros learns nothing: an input carries them packed.
 *
 * <pre>
 *   packed   { u16 length; byte page[length] } ...        the rest of each page is zeros
 *
 *   image    pages of 4096 bytes, then a trailer of 64
 *            0  u64 "LUOIMAGE"    8  u64 length    16  u32 version    20  u32 compatible
 *           24  u64 tree bytes   60  u32 CRC-32C of all before it
 * </pre>
 *
 * Written from the description of the format, not with its classes: what reads an image is not tested against itself.
 */
final class RawImage {
    static final int PAGE_BYTES = 4096;
    static final int TRAILER_BYTES = 64;
    /** Room for the largest image of {@link ModelFromChoices}, so for every kind of mistake. */
    static final int MAX_PAGES = 24;

    private static final long MAGIC = 0x4547414d494f554cL;

    private RawImage() {}

    /**
     * The image that an input carries.
     *
     * @param input
     *            packed pages
     * @param from
     *            where they begin
     * @param tree
     *            the pages of the device tree; null if they are the first ones of the input
     * @param treePages
     *            how many those are, 1 or more; what the input lacks is zeros
     */
    static byte[] unpack(byte[] input, int from, byte[] tree, int treePages) {
        int first = tree == null ? 0 : treePages;
        int pages = Math.max(treePages, Math.min(MAX_PAGES, first + packedPages(input, from)));
        byte[] image = new byte[pages * PAGE_BYTES + TRAILER_BYTES];
        if (tree != null) {
            System.arraycopy(tree, 0, image, 0, tree.length);
        }
        int at = from;
        for (int page = first; page < pages && at + Short.BYTES < input.length; page++) {
            int length = length(input, at);
            System.arraycopy(input, at + Short.BYTES, image, page * PAGE_BYTES, length);
            at += Short.BYTES + length;
        }
        seal(image, treePages);
        return image;
    }

    private static int packedPages(byte[] input, int from) {
        int pages = 0;
        for (int at = from; at + Short.BYTES < input.length; at += Short.BYTES + length(input, at)) {
            pages++;
        }
        return pages;
    }

    private static int length(byte[] input, int at) {
        int length = (input[at] & 0xff | (input[at + 1] & 0xff) << Byte.SIZE) % (PAGE_BYTES + 1);
        return Math.min(length, input.length - at - Short.BYTES);
    }

    /** Packs the pages of an image from one of them on. */
    static byte[] pack(byte[] image, int fromPage) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int start = fromPage * PAGE_BYTES; start + PAGE_BYTES <= image.length; start += PAGE_BYTES) {
            int length = PAGE_BYTES;
            while (length > 1 && image[start + length - 1] == 0) {
                length--;
            }
            packed.write(length);
            packed.write(length >> Byte.SIZE);
            packed.write(image, start, length);
        }
        return packed.toByteArray();
    }

    private static void seal(byte[] image, int treePages) {
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).position(image.length - TRAILER_BYTES)
                .putLong(MAGIC).putLong(image.length).putInt(1).putInt(1).putLong((long) treePages * PAGE_BYTES);
        sign(image);
    }

    /** Makes the checksum of an image right. */
    static void sign(byte[] image) {
        int field = image.length - Integer.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, field);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(field, (int) checksum.getValue());
    }
}
