package org.liveupdate.kho;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of one page, over a copy: a checksum over a mapping that somebody truncates would end the JVM, copying
 * from it is an error that can be caught. Not thread-safe.
 */
final class PageChecksum {

    private final byte[] copy = new byte[Pages.PAGE_BYTES];
    private final CRC32C checksum = new CRC32C();

    /**
     * The checksum of the page at {@code offset} of a segment.
     *
     * @throws KhoException {@code CORRUPT} if the memory file has become shorter than the segment
     */
    int of(ByteBuffer segment, int offset) {
        try {
            segment.get(offset, copy);
        } catch (InternalError e) {
            throw new KhoException(KhoException.Reason.CORRUPT,
                    "handover memory cannot be read: somebody has truncated its file", e);
        }
        checksum.reset();
        checksum.update(copy, 0, copy.length);
        return (int) checksum.getValue();
    }
}
