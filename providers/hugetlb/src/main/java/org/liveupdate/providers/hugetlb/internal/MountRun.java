package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Storage;

/**
 * Real huge pages: one file on hugetlbfs, mapped. The file outlives the JVM by itself; being preserved is in its name.
 *
 * <p>A page of it that is cut off must never be touched again: that kills the JVM. So nobody ever gets to see the mapping
 * itself, what a visitor sees is a copy, and a run whose provider has left touches nothing: the next one may cut the file.
 */
final class MountRun implements HugeRun {

    private static final int COPY_BYTES = 1 << 20;

    private final HugeMount mount;
    private final Mappings mappings = new Mappings();
    /** Also read by whoever stops the provider. */
    private volatile String name;
    private long pages;

    private MountRun(HugeMount mount, String name) {
        this.mount = mount;
        this.name = name;
    }

    /** A new file. */
    static MountRun create(HugeMount mount, long pages) throws IOException {
        MountRun run = new MountRun(mount, mount.create());
        try {
            run.map(pages);
            mount.opened(run);
            return run;
        } catch (IOException e) {
            mount.delete(run.name);
            throw e;
        }
    }

    /** A preserved file, which must have that many pages. */
    static MountRun open(HugeMount mount, String kept, long pages) throws IOException {
        MountRun run = new MountRun(mount, kept);
        try (FileChannel channel = mount.channel(kept)) {
            if (channel.size() != pages * mount.pageSize().bytes()) {
                throw new IOException(mount.directory().resolve(kept) + ": expected " + pages + " pages of "
                        + mount.pageSize() + ", found " + channel.size() + " bytes");
            }
        }
        // before mapping: what fails must not cut the file
        run.pages = pages;
        run.map(pages);
        mount.adopt(kept);
        mount.opened(run);
        return run;
    }

    @Override
    public String backing() {
        return "hugetlbfs at " + mount.directory();
    }

    @Override
    public long pages() {
        return pages;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        mappings.read(offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        mappings.write(offset, source);
    }

    @Override
    public void leave() {
        mappings.end();
        mount.closed(this);
    }

    /** Whether the file belongs to preserved state, so that it outlives this provider. */
    boolean isKept() {
        return MountNames.isKept(name);
    }

    @Override
    public void resize(long newPages) throws ByteFileException {
        try {
            map(newPages);
        } catch (IOException e) {
            throw new ByteFileException(Errno.ENOMEM, "no " + newPages + " pages of " + mount.pageSize() + " at "
                    + mount.directory() + ": " + e.getMessage());
        }
    }

    @Override
    public List<Extent> extents(long offset, long length) throws ByteFileException {
        throw new ByteFileException(Errno.EOPNOTSUPP, "huge pages at " + mount.directory()
                + " cannot be pinned: they have no address in handover memory; leave the mount out of the configuration");
    }

    @Override
    public Storage.View view() {
        long end = pages * mount.pageSize().bytes();
        return visitor -> {
            ByteBuffer copy = ByteBuffer.allocate((int) Math.min(COPY_BYTES, end));
            for (long from = 0; from < end; from += copy.limit()) {
                copy.clear().limit((int) Math.min(copy.capacity(), end - from));
                mappings.read(from, copy);
                visitor.bytes(copy.flip().asReadOnlyBuffer());
            }
        };
    }

    /** Cuts the file first: mappings that the garbage collector has not found yet would keep the pages. */
    @Override
    public void free() {
        mappings.clear();
        pages = 0;
        mount.closed(this);
        try (FileChannel channel = mount.channel(name)) {
            channel.truncate(0);
            mount.delete(name);
        } catch (IOException e) {
            // the file is an orphan now: the next start deletes it
        }
    }

    @Override
    public void preserve(Scope scope, Region header, String epoch) throws LiveUpdateException {
        String kept = MountNames.kept(name, epoch);
        HugeMemfdLayout.name(header, kept);
        try {
            rename(kept);
        } catch (IOException e) {
            throw new LiveUpdateException(Errno.EIO,
                    "huge memfd at " + mount.directory() + " cannot be preserved: " + e);
        }
    }

    @Override
    public void unpreserve(Scope scope) {
        finished();
    }

    /** If the file cannot be renamed it keeps its name, and works. */
    @Override
    public void finished() {
        try {
            rename(MountNames.live(name));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "huge memfd at " + mount.directory() + " is still called " + name + ": " + e, e);
        }
    }

    private void rename(String newName) throws IOException {
        mount.rename(name, newName);
        name = newName;
    }

    /** Makes the file that long and maps it, all or nothing. */
    private void map(long newPages) throws IOException {
        long size = newPages * mount.pageSize().bytes();
        try (FileChannel channel = mount.channel(name)) {
            try {
                mappings.map(channel, size);
            } catch (IOException e) {
                channel.truncate(pages * mount.pageSize().bytes());
                throw e;
            }
            channel.truncate(size);
        }
        pages = newPages;
    }
}
