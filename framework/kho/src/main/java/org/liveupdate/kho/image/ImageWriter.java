package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtWriter;

/**
 * Builds one image in the heap: metadata pages first, whose addresses are known at once, then the device tree that
 * points to them.
 *
 * <p>The pages of the tree come first in the file, so their number has to be known from the start: one page, which is
 * plenty for a tree of a few nodes, or what a draft of the tree needs ({@link #forTree}). Not thread-safe.
 */
public final class ImageWriter {

    private final int treeBytes;
    private final List<ByteBuffer> pages = new ArrayList<>();

    /** A writer for an image whose tree takes at most one page of 4096 bytes. */
    public ImageWriter() {
        this(ImageLayout.PAGE_BYTES);
    }

    private ImageWriter(int treeBytes) {
        this.treeBytes = treeBytes;
    }

    /**
     * A writer for an image with a tree as long as {@code draft}: the same names and lengths, with any values. The
     * draft may be changed afterwards and given to {@link #finish}.
     */
    public static ImageWriter forTree(FdtNode draft) {
        return new ImageWriter(ImageLayout.wholePages(FdtWriter.size(draft)));
    }

    /**
     * Adds a page of metadata.
     *
     * @return 4096 zeros to be filled until {@link #finish}, little-endian
     */
    public ByteBuffer newPage() {
        ByteBuffer page = ByteBuffer.allocate(ImageLayout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pages.add(page);
        return page;
    }

    /**
     * The address of the page that was added last: its byte offset in the image, a multiple of 4096.
     *
     * @throws IllegalStateException if there is none
     */
    public long lastPageAddress() {
        if (pages.isEmpty()) {
            throw new IllegalStateException("no page was added");
        }
        return treeBytes + (pages.size() - 1L) * ImageLayout.PAGE_BYTES;
    }

    /** How long the image will be, in bytes. */
    public long length() {
        return treeBytes + (long) pages.size() * ImageLayout.PAGE_BYTES + ImageLayout.TRAILER_BYTES;
    }

    /**
     * The whole image, ready to be committed: a heap buffer with position 0. The writer is of no use afterwards.
     *
     * @throws IllegalArgumentException if the tree takes more pages than were set aside for it
     * @throws IllegalStateException if the image is longer than 2 GiB
     */
    public ByteBuffer finish(FdtNode root) {
        byte[] tree = FdtWriter.write(root);
        if (tree.length > treeBytes) {
            throw new IllegalArgumentException("the device tree has " + tree.length + " bytes, " + treeBytes
                    + " were set aside: start with ImageWriter.forTree(draft)");
        }
        if (length() > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("an image has at most 2 GiB, not " + length() + " bytes");
        }
        ByteBuffer image = ByteBuffer.allocate((int) length()).order(ByteOrder.LITTLE_ENDIAN);
        image.put(tree).position(treeBytes);
        for (ByteBuffer page : pages) {
            image.put(page.array());
        }
        int trailer = image.position();
        image.putLong(trailer + ImageLayout.MAGIC_OFFSET, ImageLayout.MAGIC)
                .putLong(trailer + ImageLayout.LENGTH_OFFSET, image.capacity())
                .putInt(trailer + ImageLayout.VERSION_OFFSET, ImageLayout.VERSION)
                .putInt(trailer + ImageLayout.COMPATIBLE_OFFSET, ImageLayout.VERSION)
                .putLong(trailer + ImageLayout.TREE_BYTES_OFFSET, treeBytes);
        CRC32C checksum = new CRC32C();
        checksum.update(image.array(), 0, trailer + ImageLayout.CHECKSUM_OFFSET);
        image.putInt(trailer + ImageLayout.CHECKSUM_OFFSET, (int) checksum.getValue());
        return image.clear();
    }
}
