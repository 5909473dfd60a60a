package org.liveupdate.kho;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.liveupdate.kho.KhoException.Reason;

/**
 * The checksums of blocks, by segment. A block lies within one. Safe for use by several threads.
 */
final class BlockChecksums {

    private final MemoryFile file;
    /** Each made when it is first needed, with {@code this} held. */
    private final AtomicReferenceArray<SegmentSums> segments =
            new AtomicReferenceArray<>((int) (MemoryOptions.MAX_LIMIT_BYTES >> Pages.SEGMENT_SHIFT));

    BlockChecksums(MemoryFile file) {
        this.file = file;
    }

    /** The checksums of the pages of the segment that {@code address} is in. */
    SegmentSums segment(long address) {
        int segment = (int) (address >> Pages.SEGMENT_SHIFT);
        SegmentSums sums = segments.get(segment);
        return sums != null ? sums : make(segment);
    }

    private synchronized SegmentSums make(int segment) {
        if (segments.get(segment) == null) {
            segments.set(segment, new SegmentSums(file, (long) segment << Pages.SEGMENT_SHIFT));
        }
        return segments.get(segment);
    }

    /** What was written since its checksum was taken is to be summed; whether there was any. */
    boolean demand(Extent extent) {
        return segment(extent.address()).demand(page(extent), pages(extent));
    }

    /** Takes the checksums that are due. */
    void take(Extent extent) {
        segment(extent.address()).take(page(extent), pages(extent));
    }

    /** Whether anything was written since its checksum was taken. */
    boolean hasWritten(Extent extent) {
        return segment(extent.address()).hasWritten(page(extent), pages(extent));
    }

    /** The checksum of a block whose contents do not change meanwhile. */
    int of(Extent extent) {
        SegmentSums segment = segment(extent.address());
        segment.take(page(extent), pages(extent));
        segment.takeWritten(page(extent), pages(extent));
        return segment.ofBlock(page(extent), pages(extent));
    }

    /** The checksum that an inherited block had before anything was written to it, if {@link #take} was called. */
    int before(Extent extent) {
        return segment(extent.address()).ofBlock(page(extent), pages(extent));
    }

    /** The block is freed: what is known about its pages does not count any more. */
    void forget(Extent extent) {
        SegmentSums known = segments.get((int) (extent.address() >> Pages.SEGMENT_SHIFT));
        if (known != null) {
            known.forget(page(extent), pages(extent));
        }
    }

    /** The refusal of a block that is not what the image says. */
    KhoException corrupt(Extent extent, String owner) {
        return new KhoException(Reason.CORRUPT, "the block of " + Pages.bytes(extent.order) + " bytes at "
                + Pages.hex(extent.address()) + " of " + owner + " is corrupt (" + file.path()
                + "): expected checksum " + Integer.toHexString(extent.expected) + ", found "
                + Integer.toHexString(extent.found) + "; what was preserved there is lost, discard it");
    }

    private static int page(Extent extent) {
        return extent.page & (1 << Pages.MAX_ORDER) - 1;
    }

    private static int pages(Extent extent) {
        return 1 << extent.order;
    }
}
