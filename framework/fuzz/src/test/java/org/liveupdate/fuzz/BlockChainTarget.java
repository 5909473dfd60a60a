package org.liveupdate.fuzz;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtWriter;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;

/**
 * Any pages are a chain of blocks, whose entries are written and read again as the same entries, or a refusal. An input is
 * the shape of two chains, and pages.
 */
public final class BlockChainTarget {
    /** A tree without properties: the heads of the chains come from the input. */
    private static final byte[] TREE_PAGE = Arrays.copyOf(FdtWriter.write(FdtNode.root()), RawImage.PAGE_BYTES);
    private static final Path NAME = Path.of("fuzzed.image");
    private static final int LARGEST_ENTRY_BYTES = 4080;

    private final int entryBytes;
    private final int fieldOffset;
    private final int fieldBytes;

    private BlockChainTarget(Shape shape) {
        entryBytes = 1 + shape.entry % LARGEST_ENTRY_BYTES;
        fieldOffset = shape.offset % entryBytes;
        fieldBytes = 1 + shape.field % (entryBytes - fieldOffset);
    }

    /**
     * How chains are read: entry size less one, offset and length less one of a text in the first entry, and the pages at
     * which two chains begin. Two bytes each, in this order.
     */
    record Shape(int entry, int offset, int field, int firstPage, int secondPage) {
        static final int BYTES = 5 * Short.BYTES;

        static Shape decode(byte[] input) {
            ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(input, BYTES));
            return new Shape(u16(bytes), u16(bytes), u16(bytes), u16(bytes), u16(bytes));
        }

        private static int u16(ByteBuffer bytes) {
            return Short.toUnsignedInt(bytes.getShort());
        }

        byte[] encode() {
            return ByteBuffer.allocate(BYTES).putShort((short) entry).putShort((short) offset).putShort((short) field)
                    .putShort((short) firstPage).putShort((short) secondPage).array();
        }
    }

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Shape shape = Shape.decode(input);
        new BlockChainTarget(shape).readBoth(RawImage.unpack(input, Shape.BYTES, TREE_PAGE, 1),
                address(shape.firstPage), address(shape.secondPage));
    }

    private static long address(int page) {
        return (long) page * RawImage.PAGE_BYTES;
    }

    private void readBoth(byte[] image, long first, long second) {
        try {
            ImageReader reader = open(image);
            List<byte[]> ofFirst =
                    AllocationBound.check(AllocationBound.of(image.length), () -> entries(reader, first));
            requireComesBack(ofFirst);
            List<byte[]> ofSecond = entries(reader, second);
            int room = (RawImage.PAGE_BYTES - 2 * Long.BYTES) / entryBytes * reader.pages();
            if (ofFirst.size() + ofSecond.size() > room) {
                throw new AssertionError("two chains have more entries than there is room for");
            }
        } catch (ImageException e) {
            requireOffset(e, image.length);
        }
    }

    private static ImageReader open(byte[] image) {
        try {
            return ImageReader.open(image, NAME);
        } catch (ImageException e) {
            throw new AssertionError("the image as such is sound", e);
        }
    }

    private List<byte[]> entries(ImageReader reader, long head) throws ImageException {
        BlockChainReader chain = reader.chain(head, entryBytes, Integer.MAX_VALUE);
        List<byte[]> entries = new ArrayList<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            byte[] bytes = new byte[entryBytes];
            entry.get(0, bytes);
            entries.add(bytes);
            if (entries.size() == 1) {
                requireText(chain, entry, bytes);
            }
        }
        if (entries.size() != chain.count()) {
            throw new AssertionError("expected " + chain.count() + " entries, found " + entries.size());
        }
        return entries;
    }

    /** A text that is read is written as the bytes it was read from. */
    private void requireText(BlockChainReader chain, ByteBuffer entry, byte[] bytes) {
        String text;
        try {
            text = chain.string(entry, fieldOffset, fieldBytes);
        } catch (ImageException e) {
            return;
        }
        byte[] field = new byte[fieldBytes];
        FixedString.put(ByteBuffer.wrap(field), 0, fieldBytes, text);
        if (!Arrays.equals(field, 0, fieldBytes, bytes, fieldOffset, fieldOffset + fieldBytes)) {
            throw new AssertionError("the text \"" + text + "\" came back with other bytes");
        }
    }

    private void requireComesBack(List<byte[]> entries) throws ImageException {
        ImageWriter writer = new ImageWriter();
        BlockChainWriter chain = new BlockChainWriter(writer, entryBytes);
        entries.forEach(entry -> chain.append().put(entry));
        ImageReader again = open(writer.finish(FdtNode.root().setU64("head", chain.head())).array());
        List<byte[]> read;
        try {
            read = entries(again, again.tree().u64("head"));
        } catch (FdtException e) {
            throw new AssertionError(e);
        }
        if (!Arrays.deepEquals(entries.toArray(), read.toArray())) {
            throw new AssertionError("entries came back as others");
        }
    }

    private static void requireOffset(ImageException e, int length) {
        if (e.offset() < -1 || e.offset() > length) {
            throw new AssertionError("a refusal at offset " + e.offset() + " of " + length, e);
        }
    }
}
