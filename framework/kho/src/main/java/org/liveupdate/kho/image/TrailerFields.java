package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The trailer of an image as it stands there, for somebody who looks at one that may be bad: nothing but the magic was
 * checked.
 *
 * @param length what the trailer says the image has, in bytes
 * @param version of the format that it was written in
 * @param compatible the oldest version whose readers can read it
 * @param treeBytes where the metadata starts, a byte offset in the image
 * @param checksum the CRC-32C that is stored
 * @param actualChecksum the CRC-32C of what is there
 */
public record TrailerFields(long length, int version, int compatible, long treeBytes, int checksum,
        int actualChecksum) {

    /**
     * The fields at the end of some bytes.
     *
     * @return nothing if no trailer ends there
     */
    public static Optional<TrailerFields> of(byte[] image) {
        int start = image.length - ImageLayout.TRAILER_BYTES;
        if (start < 0) {
            return Optional.empty();
        }
        ByteBuffer trailer = ByteBuffer.wrap(image, start, ImageLayout.TRAILER_BYTES).slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getLong(ImageLayout.MAGIC_OFFSET) != ImageLayout.MAGIC) {
            return Optional.empty();
        }
        CRC32C actual = new CRC32C();
        actual.update(image, 0, start + ImageLayout.CHECKSUM_OFFSET);
        return Optional.of(new TrailerFields(trailer.getLong(ImageLayout.LENGTH_OFFSET),
                trailer.getInt(ImageLayout.VERSION_OFFSET), trailer.getInt(ImageLayout.COMPATIBLE_OFFSET),
                trailer.getLong(ImageLayout.TREE_BYTES_OFFSET), trailer.getInt(ImageLayout.CHECKSUM_OFFSET),
                (int) actual.getValue()));
    }
}
