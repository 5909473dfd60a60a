package org.liveupdate.kho;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** A view of a block, or of a part of one, in the mapping of its segment. */
final class MappedRegion implements Region {

    private final Ledger ledger;
    private final WriteGate gate;
    private final Lease lease;
    /** Who owned the block when the view was made; for messages. */
    private final String owner;
    /** The whole segment; only absolute access, because it is shared. */
    private final ByteBuffer segment;
    private final SegmentSums sums;
    private final long address;
    private final int start;
    private final long size;

    MappedRegion(Ledger ledger, SegmentSums sums, Lease lease, String owner, long address, long size) {
        this(ledger, sums, lease, owner, ledger.file().segment(address), address, size);
    }

    private MappedRegion(Ledger ledger, SegmentSums sums, Lease lease, String owner, ByteBuffer segment,
            long address, long size) {
        this.ledger = ledger;
        this.sums = sums;
        this.gate = ledger.file().gate();
        this.lease = lease;
        this.owner = owner;
        this.segment = segment;
        this.address = address;
        this.start = MemoryFile.offset(address);
        this.size = size;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte getByte(long offset) {
        byte value = segment.get(index(offset, Byte.BYTES));
        requireValidRead();
        return value;
    }

    @Override
    public short getShort(long offset) {
        short value = segment.getShort(index(offset, Short.BYTES));
        requireValidRead();
        return value;
    }

    @Override
    public int getInt(long offset) {
        int value = segment.getInt(index(offset, Integer.BYTES));
        requireValidRead();
        return value;
    }

    @Override
    public long getLong(long offset) {
        long value = segment.getLong(index(offset, Long.BYTES));
        requireValidRead();
        return value;
    }

    @Override
    public void putByte(long offset, byte value) {
        int index = index(offset, Byte.BYTES);
        int counter = enter();
        try {
            sums.writing(index, Byte.BYTES);
            segment.put(index, value);
        } finally {
            gate.leave(counter);
        }
    }

    @Override
    public void putShort(long offset, short value) {
        int index = index(offset, Short.BYTES);
        int counter = enter();
        try {
            sums.writing(index, Short.BYTES);
            segment.putShort(index, value);
        } finally {
            gate.leave(counter);
        }
    }

    @Override
    public void putInt(long offset, int value) {
        int index = index(offset, Integer.BYTES);
        int counter = enter();
        try {
            sums.writing(index, Integer.BYTES);
            segment.putInt(index, value);
        } finally {
            gate.leave(counter);
        }
    }

    @Override
    public void putLong(long offset, long value) {
        int index = index(offset, Long.BYTES);
        int counter = enter();
        try {
            sums.writing(index, Long.BYTES);
            segment.putLong(index, value);
        } finally {
            gate.leave(counter);
        }
    }

    @Override
    public void read(long offset, byte[] target, int targetOffset, int length) {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        segment.get(index(offset, length), target, targetOffset, length);
        requireValidRead();
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        int length = target.remaining();
        target.put(target.position(), segment, index(offset, length), length);
        requireValidRead();
        target.position(target.limit());
    }

    @Override
    public void write(long offset, byte[] source, int sourceOffset, int length) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        write(offset, ByteBuffer.wrap(source, sourceOffset, length));
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        int index = index(offset, source.remaining());
        do {
            int piece = Math.min(MemoryFile.PIECE_BYTES, source.remaining());
            int counter = enter();
            try {
                sums.writing(index, piece);
                segment.put(index, source, source.position(), piece);
            } finally {
                gate.leave(counter);
            }
            source.position(source.position() + piece);
            index += piece;
        } while (source.hasRemaining());
    }

    @Override
    public void fill(long offset, long length, byte value) {
        index(offset, length);
        byte[] piece = new byte[(int) Math.min(length, Pages.PAGE_BYTES)];
        Arrays.fill(piece, value);
        long done = 0;
        do {
            int bytes = (int) Math.min(piece.length, length - done);
            write(offset + done, piece, 0, bytes);
            done += bytes;
        } while (done < length);
    }

    @Override
    public void writtenByDevices(boolean written) {
        requireValid();
        if (written) {
            // not inside the gate: it takes a while
            ledger.verification().verify(lease.extent(), owner);
        }
        int counter = enter();
        try {
            ledger.writtenByDevices(lease.extent(), written);
        } finally {
            gate.leave(counter);
        }
    }

    @Override
    public Region slice(long offset, long length) {
        index(offset, length);
        requireValid();
        return new MappedRegion(ledger, sums, lease, owner, segment, address + offset, length);
    }

    @Override
    public ByteBuffer readOnly(long offset, int length) {
        ByteBuffer view = segment.slice(index(offset, length), length).asReadOnlyBuffer();
        requireValid();
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return size + " bytes at " + Pages.hex(address) + " of " + owner;
    }

    /** Where {@code offset} is in the segment, if {@code length} bytes from there on are in this view. */
    private int index(long offset, long length) {
        if ((offset | length) < 0 || offset > size - length) {
            throw new KhoException(KhoException.Reason.OUT_OF_BOUNDS, length + " bytes at offset " + offset
                    + " are not within the " + size + " bytes at " + Pages.hex(address) + " of " + owner);
        }
        return start + (int) offset;
    }

    /** Passes the gate for a write. Only behind it the view is looked at: whoever ends it waits for those inside. */
    private int enter() {
        int counter = gate.enter();
        if (lease.hasEnded()) {
            gate.leave(counter);
            throw ended();
        }
        return counter;
    }

    /** After a read: if the view has not ended by now, what was read was still its own. */
    private void requireValidRead() {
        VarHandle.acquireFence();
        requireValid();
    }

    private void requireValid() {
        if (lease.hasEnded()) {
            throw ended();
        }
    }

    private KhoException ended() {
        return new KhoException(KhoException.Reason.NOT_ALLOCATED, "the view of the block at " + Pages.hex(address)
                + " of " + owner + " has ended: the block was freed, or whoever obtained the view has left ("
                + ledger.file().path() + ")");
    }
}
