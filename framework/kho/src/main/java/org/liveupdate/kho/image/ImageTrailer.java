package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Verifies the trailer of an image, and with it that the image is whole. */
final class ImageTrailer {

    private final ByteBuffer trailer;
    private final long start;
    private final Path name;

    private ImageTrailer(ByteBuffer trailer, long start, Path name) {
        this.trailer = trailer.order(ByteOrder.LITTLE_ENDIAN);
        this.start = start;
        this.name = name;
    }

    /**
     * Verifies a whole image.
     *
     * @return how many bytes the tree's pages have
     */
    static int check(byte[] image, Path name) throws ImageException {
        requireLength(image.length, name);
        int start = image.length - ImageLayout.TRAILER_BYTES;
        ImageTrailer trailer = new ImageTrailer(ByteBuffer.wrap(image, start, ImageLayout.TRAILER_BYTES).slice(), start,
                name);
        trailer.checkLength(image.length);
        trailer.checkChecksum(image);
        trailer.checkVersion();
        return trailer.treeBytes();
    }

    /**
     * Verifies that a file of that length ends with a trailer that says so: before memory is allocated for the rest.
     */
    static void checkEnd(ByteBuffer lastBytes, long length, Path name) throws ImageException {
        new ImageTrailer(lastBytes.slice(), length - ImageLayout.TRAILER_BYTES, name).checkLength(length);
    }

    static void requireLength(long length, Path name) throws ImageException {
        if (length < ImageLayout.SMALLEST_BYTES) {
            throw ImageException.corrupt(name, length, "at least " + ImageLayout.SMALLEST_BYTES + " bytes",
                    "the end of the file");
        }
    }

    private void checkLength(long actual) throws ImageException {
        long magic = trailer.getLong(ImageLayout.MAGIC_OFFSET);
        require(magic == ImageLayout.MAGIC, ImageLayout.MAGIC_OFFSET,
                "magic 0x" + Long.toHexString(ImageLayout.MAGIC) + " of a trailer", "0x" + Long.toHexString(magic));
        long length = trailer.getLong(ImageLayout.LENGTH_OFFSET);
        require(length == actual, ImageLayout.LENGTH_OFFSET, "a length of " + actual + " bytes",
                Long.toUnsignedString(length));
    }

    private void checkChecksum(byte[] image) throws ImageException {
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, (int) start + ImageLayout.CHECKSUM_OFFSET);
        int stored = trailer.getInt(ImageLayout.CHECKSUM_OFFSET);
        require(stored == (int) checksum.getValue(), ImageLayout.CHECKSUM_OFFSET,
                "checksum " + Integer.toHexString((int) checksum.getValue()), Integer.toHexString(stored));
    }

    private void checkVersion() throws ImageException {
        int version = trailer.getInt(ImageLayout.VERSION_OFFSET);
        int compatible = trailer.getInt(ImageLayout.COMPATIBLE_OFFSET);
        if (compatible > ImageLayout.VERSION) {
            throw new ImageException(ImageException.Kind.TOO_NEW, name, start + ImageLayout.COMPATIBLE_OFFSET,
                    "a format that version " + ImageLayout.VERSION + " reads",
                    "one for version " + compatible + " or later");
        }
        require(compatible >= 0 && compatible <= version, ImageLayout.COMPATIBLE_OFFSET,
                "compatible with version 0 to " + version, Integer.toString(compatible));
        if (version < ImageLayout.OLDEST_READ) {
            throw new ImageException(ImageException.Kind.TOO_OLD, name, start + ImageLayout.VERSION_OFFSET,
                    "version " + ImageLayout.OLDEST_READ + " or later", Integer.toString(version));
        }
    }

    private int treeBytes() throws ImageException {
        long bytes = trailer.getLong(ImageLayout.TREE_BYTES_OFFSET);
        require(bytes >= ImageLayout.PAGE_BYTES && bytes <= start && bytes % ImageLayout.PAGE_BYTES == 0
                && start % ImageLayout.PAGE_BYTES == 0, ImageLayout.TREE_BYTES_OFFSET,
                "whole pages before the trailer at " + start + ", at least one for the tree",
                Long.toUnsignedString(bytes));
        return (int) bytes;
    }

    private void require(boolean condition, int field, String expected, String found) throws ImageException {
        if (!condition) {
            throw ImageException.corrupt(name, start + field, expected, found);
        }
    }
}
