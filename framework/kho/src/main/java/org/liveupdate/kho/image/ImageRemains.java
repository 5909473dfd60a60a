package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads what is left of an image that {@link ImageReader} refuses as corrupt, for somebody who looks at it. Nobody may
 * act on what it says: no checksum vouches for it. Stateless.
 */
public final class ImageRemains {

    private static final int TREE_SIZE_OFFSET = 4;

    private ImageRemains() {}

    /**
     * A reader for the whole pages that are there, as if a good trailer stood behind them.
     *
     * @param image what is left; copied
     * @param name what messages call it
     * @throws ImageException if not even the device tree can be read
     */
    public static ImageReader open(byte[] image, Path name) throws ImageException {
        int end = image.length - image.length % ImageLayout.PAGE_BYTES;
        int treeBytes = treeBytes(image, end, name);
        int length = end + ImageLayout.TRAILER_BYTES;
        byte[] mended = new byte[length];
        System.arraycopy(image, 0, mended, 0, end);
        ByteBuffer trailer = ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(end + ImageLayout.MAGIC_OFFSET, ImageLayout.MAGIC)
                .putLong(end + ImageLayout.LENGTH_OFFSET, length)
                .putInt(end + ImageLayout.VERSION_OFFSET, ImageLayout.VERSION)
                .putInt(end + ImageLayout.COMPATIBLE_OFFSET, ImageLayout.VERSION)
                .putLong(end + ImageLayout.TREE_BYTES_OFFSET, treeBytes);
        CRC32C checksum = new CRC32C();
        checksum.update(mended, 0, end + ImageLayout.CHECKSUM_OFFSET);
        trailer.putInt(end + ImageLayout.CHECKSUM_OFFSET, (int) checksum.getValue());
        return ImageReader.open(mended, name);
    }

    /** What the tree says of its size; the trailer may be missing. */
    private static int treeBytes(byte[] image, int end, Path name) throws ImageException {
        if (end == 0) {
            throw ImageException.corrupt(name, image.length, "at least one page of " + ImageLayout.PAGE_BYTES
                    + " bytes", "the end of the file");
        }
        int bytes = ByteBuffer.wrap(image).getInt(TREE_SIZE_OFFSET);
        if (bytes < 1 || bytes > end) {
            throw ImageException.corrupt(name, TREE_SIZE_OFFSET, "a device tree of at most " + end + " bytes",
                    Integer.toUnsignedString(bytes));
        }
        return ImageLayout.wholePages(bytes);
    }
}
