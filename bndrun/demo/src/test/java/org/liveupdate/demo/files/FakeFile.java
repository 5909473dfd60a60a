package org.liveupdate.demo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteVisitor;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Seal;

/** A file of both kinds in an array. A visit gets pieces of 1000 bytes. */
final class FakeFile implements Memfd, HugeMemfd {
    static final int PAGE_SIZE = 4096;

    private static final int PIECE = 1000;

    byte[] bytes;
    boolean closed;
    private long position;

    FakeFile(int size) {
        bytes = new byte[size];
    }

    FakeFile(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void position(long newPosition) {
        position = newPosition;
    }

    @Override
    public int read(ByteBuffer target) {
        int read = read(position, target);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public int read(long from, ByteBuffer target) {
        if (from >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(Math.min(7 + bytes.length / 2, target.remaining()), bytes.length - from);
        target.put(bytes, (int) from, read);
        return read;
    }

    @Override
    public int write(ByteBuffer source) {
        int written = write(position, source);
        position += written;
        return written;
    }

    @Override
    public int write(long from, ByteBuffer source) {
        int written = source.remaining();
        bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, from + written));
        source.get(bytes, (int) from, written);
        return written;
    }

    @Override
    public void truncate(long size) {
        bytes = Arrays.copyOf(bytes, (int) size);
    }

    @Override
    public void visit(ByteVisitor visitor) throws IOException {
        for (int from = 0; from < bytes.length; from += PIECE) {
            visitor.bytes(
                    ByteBuffer.wrap(bytes, from, Math.min(PIECE, bytes.length - from)).slice().asReadOnlyBuffer());
        }
    }

    @Override
    public Set<Seal> seals() {
        return Set.of();
    }

    @Override
    public void addSeals(Set<Seal> seals) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pin pin(long offset, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public long pageSize() {
        return PAGE_SIZE;
    }

    @Override
    public long pages() {
        return bytes.length / PAGE_SIZE;
    }

    @Override
    public String backing() {
        return "an array";
    }
}
