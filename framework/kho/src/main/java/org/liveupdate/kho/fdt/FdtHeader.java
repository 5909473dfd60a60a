package org.liveupdate.kho.fdt;

import java.nio.ByteBuffer;

/**
 * The checked header of a device tree: where its blocks are, in bytes from its start. All of them lie within the tree
 * and do not overlap.
 *
 * @param structureEndKnown false in version 16, which does not say how long the structure block is
 */
record FdtHeader(int structure, int structureEnd, boolean structureEndKnown, int strings, int stringsEnd) {

    static FdtHeader check(ByteBuffer blob) throws FdtException {
        require(blob.limit() >= FdtLayout.HEADER_BYTES_16, 0, "at least 36 bytes", blob.limit() + " bytes");
        int magic = blob.getInt(0);
        require(magic == FdtLayout.MAGIC, 0, "magic d00dfeed", Integer.toHexString(magic));
        int version = blob.getInt(FdtLayout.VERSION_OFFSET);
        int compatible = blob.getInt(FdtLayout.LAST_COMPATIBLE_OFFSET);
        require(version >= FdtLayout.LAST_COMPATIBLE_VERSION, FdtLayout.VERSION_OFFSET, "version 16 or later",
                Integer.toString(version));
        require(compatible >= 0 && compatible <= version, FdtLayout.LAST_COMPATIBLE_OFFSET,
                "compatible with at most its own version " + version, Integer.toString(compatible));
        if (compatible > FdtLayout.VERSION) {
            throw FdtException.tooNew(FdtLayout.LAST_COMPATIBLE_OFFSET, "compatible with version 17 or earlier",
                    Integer.toString(compatible));
        }
        boolean sized = version >= FdtLayout.VERSION;
        int headerBytes = sized ? FdtLayout.HEADER_BYTES : FdtLayout.HEADER_BYTES_16;
        int total = blob.getInt(FdtLayout.TOTAL_SIZE);
        require(total >= headerBytes && total <= blob.limit(), FdtLayout.TOTAL_SIZE,
                "a total size of " + headerBytes + " to " + blob.limit(), Integer.toUnsignedString(total));

        int strings = offset(blob, FdtLayout.STRINGS_OFFSET, headerBytes, total, 1);
        int structure = offset(blob, FdtLayout.STRUCTURE_OFFSET, headerBytes, total, Integer.BYTES);
        int reservations = offset(blob, FdtLayout.RESERVATIONS_OFFSET, headerBytes, total, Long.BYTES);
        int stringsEnd = strings + length(blob, FdtLayout.STRINGS_SIZE, total - strings);
        int reservationsEnd = reservationsEnd(blob, reservations, total);
        int structureEnd = sized ? structure + length(blob, FdtLayout.STRUCTURE_SIZE, total - structure)
                : firstAbove(structure, total, strings, reservations);

        apart("structure", structure, structureEnd, "strings", strings, stringsEnd);
        apart("structure", structure, structureEnd, "reservations", reservations, reservationsEnd);
        apart("strings", strings, stringsEnd, "reservations", reservations, reservationsEnd);
        return new FdtHeader(structure, structureEnd, sized, strings, stringsEnd);
    }

    private static int offset(ByteBuffer blob, int field, int from, int to, int alignment) throws FdtException {
        int offset = blob.getInt(field);
        require(offset >= from && offset <= to && offset % alignment == 0, field,
                "an offset of " + from + " to " + to + ", multiple of " + alignment, Integer.toUnsignedString(offset));
        return offset;
    }

    private static int length(ByteBuffer blob, int field, int room) throws FdtException {
        int length = blob.getInt(field);
        require(length >= 0 && length <= room, field, "a length of at most " + room, Integer.toUnsignedString(length));
        return length;
    }

    private static int reservationsEnd(ByteBuffer blob, int start, int total) throws FdtException {
        int at = start;
        while (total - at >= FdtLayout.RESERVATION_BYTES) {
            boolean last = blob.getLong(at) == 0 && blob.getLong(at + Long.BYTES) == 0;
            at += FdtLayout.RESERVATION_BYTES;
            if (last) {
                return at;
            }
        }
        throw new FdtException(start, "memory reservations ended by an empty one", "the end of the tree");
    }

    private static int firstAbove(int start, int otherwise, int... offsets) {
        int first = otherwise;
        for (int offset : offsets) {
            first = offset > start ? Math.min(first, offset) : first;
        }
        return first;
    }

    private static void apart(String one, int start, int end, String other, int otherStart, int otherEnd)
            throws FdtException {
        require(end <= otherStart || otherEnd <= start, start, "blocks that do not overlap",
                one + " at " + start + " to " + end + ", " + other + " at " + otherStart + " to " + otherEnd);
    }

    private static void require(boolean condition, int offset, String expected, String found) throws FdtException {
        if (!condition) {
            throw new FdtException(offset, expected, found);
        }
    }
}
