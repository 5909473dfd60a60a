package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;

/**
 * Reads one image from a copy in the heap. Length and checksum are verified before anything else is looked at; what the
 * metadata says is checked against the image before it is followed. Not thread-safe.
 */
public final class ImageReader {

    private final Path name;
    private final ByteBuffer image;
    private final int treeBytes;
    private final FdtNode tree;
    /** For each metadata page, whether a chain was read that it is in, or it was asked for as a page of its own. */
    private final boolean[] inChain;

    private ImageReader(Path name, ByteBuffer image, int treeBytes, FdtNode tree) {
        this.name = name;
        this.image = image;
        this.treeBytes = treeBytes;
        this.tree = tree;
        this.inChain = new boolean[(image.limit() - ImageLayout.TRAILER_BYTES - treeBytes) / ImageLayout.PAGE_BYTES];
    }

    /**
     * Verifies an image and reads its tree.
     *
     * @param image all its bytes; not copied, and not to be changed while the reader is used
     * @param name what messages call it
     * @throws ImageException if it is corrupt, too old or too new
     */
    public static ImageReader open(byte[] image, Path name) throws ImageException {
        ByteBuffer bytes = ByteBuffer.wrap(image).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int treeBytes = ImageTrailer.check(image, name);
        try {
            return new ImageReader(name, bytes, treeBytes, FdtReader.read(bytes.slice(0, treeBytes)));
        } catch (FdtException e) {
            throw ImageException.of(name, e);
        }
    }

    /** What messages call the image; never null. */
    public Path name() {
        return name;
    }

    /** The root of the device tree; never null. */
    public FdtNode tree() {
        return tree;
    }

    /** How many pages of metadata there are. */
    public int pages() {
        return inChain.length;
    }

    /**
     * A page of metadata: 4096 bytes, read-only, little-endian.
     *
     * @throws ImageException if there is no metadata page at {@code address}
     */
    public ByteBuffer page(long address) throws ImageException {
        return page(address, -1);
    }

    /**
     * As {@link #page(long)}.
     *
     * @param field where the address stands in the image, for messages; -1 if nowhere
     */
    public ByteBuffer page(long address, long field) throws ImageException {
        long end = image.limit() - ImageLayout.TRAILER_BYTES;
        if (address < treeBytes || address >= end || address % ImageLayout.PAGE_BYTES != 0) {
            throw corrupt(field, "the address of a page, 0x" + Integer.toHexString(treeBytes) + " to 0x"
                    + Long.toHexString(end - 1) + " and a multiple of 4096", "0x" + Long.toHexString(address));
        }
        return image.slice((int) address, ImageLayout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * As {@link #page(long, long)}, for a page that belongs to one part of the image: it can be asked for once, and no
     * chain has it.
     */
    public ByteBuffer ownPage(long address, long field) throws ImageException {
        ByteBuffer page = page(address, field);
        claim(address, field);
        return page;
    }

    /**
     * The chain of blocks that starts at {@code head}; all its blocks are checked at once. Each chain can be read once:
     * if many heads could lead to the same entries, a small image could say more than fits into memory.
     *
     * @param head address of the first block, or 0 for an empty chain
     * @param headField where that address stands in the image, for messages; -1 if nowhere
     * @param entrySize of one entry in bytes, 1 to 4080
     * @param maxEntries how many entries there may be
     * @throws ImageException if an address is no page of the image, the chain turns back, shares a page with another
     *         one, has a block without entries or with more than fit, or more entries than {@code maxEntries}
     */
    public BlockChainReader chain(long head, long headField, int entrySize, long maxEntries) throws ImageException {
        int capacity = BlockChainLayout.capacity(entrySize);
        long total = 0;
        long field = headField;
        long above = 0;
        for (long address = head; address != 0;) {
            ByteBuffer block = page(address, field);
            if (address <= above) {
                throw corrupt(field, "the address of a later block", "0x" + Long.toHexString(address) + ": a cycle");
            }
            claim(address, field);
            long count = block.getLong(BlockChainLayout.COUNT_OFFSET);
            if (count < 1 || count > capacity) {
                throw corrupt(address + BlockChainLayout.COUNT_OFFSET, "a count of 1 to " + capacity,
                        Long.toUnsignedString(count));
            }
            total += count;
            if (total > maxEntries) {
                throw corrupt(address + BlockChainLayout.COUNT_OFFSET,
                        "at most " + maxEntries + " entries in the chain",
                        "at least " + total);
            }
            above = address;
            field = address + BlockChainLayout.NEXT_OFFSET;
            address = block.getLong(BlockChainLayout.NEXT_OFFSET);
        }
        return new BlockChainReader(this, head, entrySize, total);
    }

    /** As {@link #chain(long, long, int, long)}, without saying where the head stands. */
    public BlockChainReader chain(long head, int entrySize, long maxEntries) throws ImageException {
        return chain(head, -1, entrySize, maxEntries);
    }

    /** A corrupt image, this one. */
    public ImageException corrupt(long offset, String expected, String found) {
        return ImageException.corrupt(name, offset, expected, found);
    }

    private void claim(long address, long field) throws ImageException {
        int page = (int) ((address - treeBytes) / ImageLayout.PAGE_BYTES);
        if (inChain[page]) {
            throw corrupt(field, "a page of one part only", "0x" + Long.toHexString(address) + " is in two");
        }
        inChain[page] = true;
    }
}
