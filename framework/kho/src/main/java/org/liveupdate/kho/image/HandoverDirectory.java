package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The private directory that a system's memory file, images and locks are in.
 *
 * <p>Whoever starts the system holds the supervisor's lock, over all generations; each generation holds its own. Both
 * end with their process and are never broken by time-out. Nobody else may open a lock file. Safe for use by several
 * threads.
 */
public final class HandoverDirectory {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path path;
    private final boolean onTmpfs;
    private final String where;
    private final FileOperations files;
    private final DirectoryLocks locks;

    private HandoverDirectory(Path path, boolean onTmpfs, String where, FileOperations files) {
        this.path = path;
        this.onTmpfs = onTmpfs;
        this.where = where;
        this.files = files;
        this.locks = new DirectoryLocks(path);
    }

    /**
     * Opens an existing directory after checking that it is safe: a directory, not a symbolic link, owned by this user,
     * mode 0700, writable, below no directory that everybody can write to (the sticky bit makes that harmless).
     *
     * @throws IOException if it is not; the message says what is wrong with which path and what to do
     */
    public static HandoverDirectory open(Path directory) throws IOException {
        return open(directory, new SystemFileOperations());
    }

    /** As {@link #open(Path)}, with file operations of the caller's own: for tests that record them or stop at one. */
    public static HandoverDirectory open(Path directory, FileOperations files) throws IOException {
        Path checked = DirectoryCheck.check(directory);
        FileStore store = Files.getFileStore(checked);
        boolean tmpfs = isTmpfs(store);
        return new HandoverDirectory(checked, tmpfs, checked + " (" + store.type() + ")", files);
    }

    /**
     * Creates a fresh private directory: on {@code /dev/shm} if that is a tmpfs with room, else in the directory for
     * temporary files, {@code java.io.tmpdir}. {@link #where()} says which.
     *
     * @param bytesWanted how much room there should be for the data, in bytes
     * @throws IOException if it cannot be created, or the place is not safe
     */
    public static HandoverDirectory createDefault(long bytesWanted) throws IOException {
        return createDefault(SHARED_MEMORY, bytesWanted);
    }

    static HandoverDirectory createDefault(Path sharedMemory, long bytesWanted) throws IOException {
        String reason = whyNot(sharedMemory, bytesWanted);
        Path parent = reason == null ? sharedMemory : Path.of(System.getProperty("java.io.tmpdir"));
        Path created = Files.createTempDirectory(parent, "liveupdate-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        HandoverDirectory directory = open(created);
        return reason == null ? directory
                : new HandoverDirectory(directory.path, directory.onTmpfs, directory.where + ", because " + reason,
                        directory.files);
    }

    /** Where it is; absolute. Never null. */
    public Path path() {
        return path;
    }

    /** What its files are changed with. Never null. */
    public FileOperations files() {
        return files;
    }

    /** Whether its files are in memory rather than on a disk. */
    public boolean onTmpfs() {
        return onTmpfs;
    }

    /** The path, the type of its file system, and why it is not elsewhere, in words. Never null. */
    public String where() {
        return where;
    }

    /**
     * Takes the supervisor's lock.
     *
     * @throws IOException if it is held, saying by which process
     */
    public DirectoryLock lockSupervisor() throws IOException {
        return locks.lock(DirectoryLocks.SUPERVISOR);
    }

    /**
     * Takes the lock of one generation.
     *
     * @param generation its number, at least 0
     * @throws IOException if it is held, saying by which process
     */
    public DirectoryLock lockGeneration(long generation) throws IOException {
        return locks.lock(DirectoryLocks.generation(generation));
    }

    /** Whether some process, this one included, holds the supervisor's lock. */
    public boolean isSupervisorAlive() throws IOException {
        return locks.isHeld(DirectoryLocks.SUPERVISOR);
    }

    /** Whether some process, this one included, holds the lock of that generation. */
    public boolean isGenerationAlive(long generation) throws IOException {
        return locks.isHeld(DirectoryLocks.generation(generation));
    }

    /**
     * What earlier systems left in the directory and nobody needs: memory files that no committed or claimed image
     * refers to, images half written, lock files of generations that are gone. While an undecided image cannot be
     * read, all memory files count as needed.
     *
     * @param inUse memory files that are needed all the same: the one that this system has created
     */
    public List<Path> leftovers(Path... inUse) throws IOException {
        return new Leftovers(this, locks).find(List.of(inUse));
    }

    /**
     * Deletes the {@link #leftovers}. For the holder of the supervisor's lock, before a generation starts; later the
     * memory file in use has to be named.
     *
     * @return what was deleted; never null
     */
    public Reclaimed reclaim(Path... inUse) throws IOException {
        return new Leftovers(this, locks).delete(List.of(inUse));
    }

    private static String whyNot(Path sharedMemory, long bytesWanted) throws IOException {
        if (!Files.isDirectory(sharedMemory)) {
            return sharedMemory + " does not exist";
        }
        FileStore store = Files.getFileStore(sharedMemory);
        if (!isTmpfs(store)) {
            return sharedMemory + " is no tmpfs but " + store.type();
        }
        if (!Files.isWritable(sharedMemory)) {
            return sharedMemory + " is not writable";
        }
        long room = store.getUsableSpace();
        return room >= bytesWanted ? null
                : sharedMemory + " has room for " + room + " of " + bytesWanted + " bytes";
    }

    private static boolean isTmpfs(FileStore store) {
        return store.type().equals("tmpfs");
    }
}
