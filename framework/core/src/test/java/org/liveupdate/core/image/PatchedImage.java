package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

/** An image in which single fields are changed, with a checksum that says that it was meant so. */
final class PatchedImage {
    static final Path NAME = Path.of("patched.image");
    private static final int BLOCK_HEADER_BYTES = 16;

    private final ByteBuffer bytes;
    private final FdtNode tree;

    PatchedImage(ImageModel model) throws ImageException {
        bytes = ImageEncoder.encode(new Image(model, new Moments(1, 2, 3, 4), null)).order(ByteOrder.LITTLE_ENDIAN);
        tree = ImageReader.open(bytes.array().clone(), NAME).tree();
    }

    private long property(String node, String name) throws FdtException {
        return tree.child(node).orElseThrow().u64(name);
    }

    long flbPage() throws FdtException {
        return property(LuoLayout.FLB_NODE, LuoLayout.FLB_HEADER);
    }

    long flb(int index) throws FdtException {
        return flbPage() + FlbPageLayout.HEADER_BYTES + (long) index * FlbPageLayout.ENTRY_BYTES;
    }

    /** Where an entry of a chain begins that fits into one block. */
    private static long entry(long head, int index, int bytesOfOne) {
        return head + BLOCK_HEADER_BYTES + (long) index * bytesOfOne;
    }

    long list(int index) throws FdtException {
        return entry(property(LuoLayout.OWN_FLB_NODE, LuoLayout.LISTS), index, FlbExtraLayout.LIST_BYTES);
    }

    long holder(int index) throws FdtException {
        return entry(property(LuoLayout.OWN_FLB_NODE, LuoLayout.HOLDERS), index, FlbExtraLayout.HOLDER_BYTES);
    }

    long owner(int index) throws FdtException {
        return entry(property(LuoLayout.OWN_FLB_NODE, LuoLayout.OWNERS), index, FlbExtraLayout.OWNER_BYTES);
    }

    long session(int index) throws FdtException {
        return entry(property(LuoLayout.SESSION_NODE, LuoLayout.SESSION_HEADER), index, SessionLayout.SESSION_BYTES);
    }

    long file(int session, int index) throws FdtException {
        return entry(getLong(session(session) + SessionLayout.FILES_HEAD), index, SessionLayout.FILE_BYTES);
    }

    long getLong(long address) {
        return bytes.getLong((int) address);
    }

    PatchedImage putLong(long address, long value) {
        bytes.putLong((int) address, value);
        return this;
    }

    PatchedImage putByte(long address, int value) {
        bytes.put((int) address, (byte) value);
        return this;
    }

    /** The FLB page of what goes on as outgoing is another one. */
    PatchedImage resumeFlbPage(long address) throws FdtException {
        int offset = (int) tree.child(ResumeLayout.NODE).orElseThrow().offset(LuoLayout.FLB_HEADER);
        long before = property(ResumeLayout.NODE, LuoLayout.FLB_HEADER);
        while (bytes.getLong(offset) != before) {
            offset += Integer.BYTES;
        }
        return putLong(offset, address);
    }

    /** Changes bytes of the device tree: the first place where they stand. */
    PatchedImage replace(String text, String other) {
        byte[] from = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] all = bytes.array();
        for (int i = 0; i < all.length - from.length; i++) {
            if (java.util.Arrays.equals(all, i, i + from.length, from, 0, from.length)) {
                bytes.put(i, other.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                return this;
            }
        }
        throw new AssertionError(text + " is not in the image");
    }

    Image decode() throws ImageException {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.capacity() - Integer.BYTES);
        bytes.putInt(bytes.capacity() - Integer.BYTES, (int) checksum.getValue());
        return ImageDecoder.decode(bytes.array(), NAME);
    }
}
