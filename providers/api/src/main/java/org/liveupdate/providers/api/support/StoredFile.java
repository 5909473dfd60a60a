package org.liveupdate.providers.api.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.ByteVisitor;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Pinnable;

/**
 * A file of bytes over a {@link Storage}, as far as that is the same for all kinds: position, bounds, and asking its
 * {@link Custody} first. Kinds of files add what they are called.
 */
public abstract class StoredFile implements ByteFile, Pinnable {

    /** No file is larger, in bytes: the original preserves at most 2<sup>32</sup> - 1 pages of 4096 bytes. */
    public static final long MAX_BYTES = 0xFFFF_FFFFL * 4096;

    /** No name is longer, in bytes of UTF-8, as with {@code memfd_create(2)}. */
    public static final int MAX_NAME_BYTES = 249;

    private final String name;
    private final Custody custody;
    /** Moved inside {@link Custody#exclusive} only. */
    private volatile long position;

    /** A file at position {@code position}. */
    protected StoredFile(String name, Custody custody, long position) {
        this.name = name;
        this.custody = custody;
        this.position = position;
    }

    /**
     * Checks the name of a new file.
     *
     * @throws ByteFileException {@code EINVAL} if it is longer than {@link #MAX_NAME_BYTES}
     */
    public static void checkName(String name) throws ByteFileException {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw new ByteFileException(Errno.EINVAL,
                    "name of a file: expected at most " + MAX_NAME_BYTES + " bytes of UTF-8, found " + bytes);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final long size() throws ByteFileException {
        return custody.shared(Storage::size);
    }

    @Override
    public final long position() throws ByteFileException {
        return custody.shared(bytes -> position);
    }

    @Override
    public final void position(long newPosition) throws ByteFileException {
        checkOffset(newPosition);
        custody.exclusive(bytes -> position = newPosition);
    }

    @Override
    public final int read(ByteBuffer target) throws ByteFileException {
        return custody.exclusive(bytes -> {
            int count = get(bytes, position, target);
            position += Math.max(count, 0);
            return count;
        });
    }

    @Override
    public final int read(long from, ByteBuffer target) throws ByteFileException {
        checkOffset(from);
        return custody.shared(bytes -> get(bytes, from, target));
    }

    @Override
    public final int write(ByteBuffer source) throws ByteFileException {
        return custody.exclusive(bytes -> {
            int count = put(bytes, position, source);
            position += count;
            return count;
        });
    }

    @Override
    public final int write(long to, ByteBuffer source) throws ByteFileException {
        checkOffset(to);
        return custody.exclusive(bytes -> put(bytes, to, source));
    }

    @Override
    public final void truncate(long size) throws ByteFileException {
        checkOffset(size);
        custody.exclusive(bytes -> {
            if (size != bytes.size()) {
                custody.checkResizable(size);
                checkLimit(size);
                bytes.resize(size);
            }
            return null;
        });
    }

    @Override
    public final void visit(ByteVisitor visitor) throws IOException {
        Storage.View view = custody.visit();
        try {
            view.visit(visitor);
        } catch (KhoException e) {
            throw KhoErrno.io(e);
        } finally {
            custody.visited();
        }
    }

    @Override
    public final Pin pin(long offset, long length) throws ByteFileException {
        return custody.pin(offset, length);
    }

    @Override
    public final void close() {
        custody.close();
    }

    /** For the handler: the position, also of a file that its user has closed. */
    protected final long offset() {
        return position;
    }

    private static int get(Storage bytes, long from, ByteBuffer target) throws ByteFileException {
        long left = bytes.size() - from;
        if (!target.hasRemaining()) {
            return 0;
        }
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(left, target.remaining());
        int limit = target.limit();
        target.limit(target.position() + count);
        try {
            bytes.read(from, target);
        } finally {
            target.limit(limit);
        }
        return count;
    }

    private int put(Storage bytes, long to, ByteBuffer source) throws ByteFileException {
        int length = source.remaining();
        if (length == 0) {
            return 0;
        }
        custody.checkWritable();
        if (length > bytes.size() - to) {
            long end = length > Long.MAX_VALUE - to ? Long.MAX_VALUE : to + length;
            custody.checkResizable(end);
            checkLimit(end);
        }
        return bytes.write(to, source);
    }

    private void checkLimit(long size) throws ByteFileException {
        if (size > MAX_BYTES) {
            throw new ByteFileException(Errno.EFBIG,
                    "file \"" + name + "\": expected at most " + MAX_BYTES + " bytes, found " + size);
        }
    }

    private void checkOffset(long offset) throws ByteFileException {
        if (offset < 0) {
            throw new ByteFileException(Errno.EINVAL, "file \"" + name + "\": found the negative offset " + offset);
        }
    }
}
