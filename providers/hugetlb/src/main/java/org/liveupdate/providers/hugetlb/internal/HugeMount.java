package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory on a hugetlbfs mount, this framework's alone, and the files that we have there: mode 0600, created
 * exclusively, no symbolic link followed, names as in {@link MountNames}. Thread safe.
 */
final class HugeMount {

    private static final String TYPE = "hugetlbfs";
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final PageSize pageSize;
    /** Files that this generation has open, by their present names. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    /** Mapped files of this provider. */
    private final Set<MountRun> runs = ConcurrentHashMap.newKeySet();

    private HugeMount(Path directory, PageSize pageSize) {
        this.directory = directory;
        this.pageSize = pageSize;
    }

    /**
     * Looks at a directory.
     *
     * @throws IOException if it is none, not on a hugetlbfs mount, or not safe from others
     */
    static HugeMount at(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": expected a directory on " + TYPE + ", found none");
        }
        Path real = directory.toRealPath();
        FileStore store = Files.getFileStore(real);
        if (!store.type().equals(TYPE)) {
            throw new IOException(directory + ": expected a directory on " + TYPE + ", found " + store.type());
        }
        int mode = (int) Files.getAttribute(real, "unix:mode");
        if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
            throw new IOException(directory + ": everybody may replace files there; chmod o-w or +t");
        }
        try {
            return new HugeMount(real, PageSize.ofBytes(store.getBlockSize()));
        } catch (IllegalArgumentException e) {
            throw new IOException(directory + ": " + e.getMessage(), e);
        }
    }

    Path directory() {
        return directory;
    }

    PageSize pageSize() {
        return pageSize;
    }

    /** Whether {@code other} is this directory. */
    boolean isAt(Path other) throws IOException {
        return Files.isSameFile(directory, other);
    }

    /** Whether files of this provider are here. */
    boolean hasFiles() {
        return !open.isEmpty();
    }

    /** Creates an empty file; returns its name. */
    String create() throws IOException {
        String name = MountNames.newLive();
        open.add(name);
        try {
            Files.newByteChannel(directory.resolve(name), CREATE, PRIVATE).close();
            return name;
        } catch (IOException e) {
            open.remove(name);
            throw e;
        }
    }

    /** Opens a file that is there, for reading and writing; the caller closes the channel. */
    FileChannel channel(String name) throws IOException {
        return FileChannel.open(directory.resolve(name), READ_WRITE);
    }

    /** A file is mapped. */
    void opened(MountRun run) {
        runs.add(run);
    }

    /** A file is not to be touched any more. */
    void closed(MountRun run) {
        runs.remove(run);
    }

    /** A preserved file of the previous owner is ours now. */
    void adopt(String kept) {
        open.add(kept);
    }

    /** Gives a file of ours another name, at once. */
    void rename(String from, String to) throws IOException {
        open.add(to);
        try {
            Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
            open.remove(from);
        } catch (IOException e) {
            open.remove(to);
            throw e;
        }
    }

    /** Deletes a file; its pages go when nobody maps them any more. */
    void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        open.remove(name);
    }

    /** This provider stops: its ordinary files end. Preserved ones stay, but not for those who still have them open. */
    void stop() throws IOException {
        runs.stream().filter(MountRun::isKept).forEach(MountRun::leave);
        for (String name : Set.copyOf(open)) {
            if (MountNames.isLive(name)) {
                delete(name);
            }
        }
    }

    /**
     * Deletes what earlier generations left: ordinary files that nobody in this JVM has mapped (another version of this
     * bundle may have), and preserved files of other epochs.
     *
     * @param epochs those of the state that is preserved or handed over at the moment
     * @return how many files
     */
    int deleteOrphans(Set<String> epochs) throws IOException {
        int deleted = 0;
        Set<String> mapped = MappedFiles.names();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean orphan = MountNames.isLive(name) && !mapped.contains(name)
                        || MountNames.isKept(name) && !epochs.contains(MountNames.epoch(name));
                if (orphan && !open.contains(name)) {
                    Files.deleteIfExists(entry);
                    deleted++;
                }
            }
        }
        return deleted;
    }
}
