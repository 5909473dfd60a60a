package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock files of one handover directory. A file that this JVM holds is never opened here, because closing it again
 * would release the lock: {@link HeldLocks} is asked first.
 *
 * <p>Lock files come and go. Whoever opens one to lock, to probe or to delete it holds the guard meanwhile, a lock file
 * that stays: so what is locked has its name, and one that cannot be locked is held.
 */
final class DirectoryLocks {

    static final String SUPERVISOR = "supervisor.lock";
    private static final String GUARD = "guard.lock";
    private static final String GENERATION_PREFIX = "generation-";
    private static final String SUFFIX = ".lock";
    private static final int LONGEST_PID_BYTES = 20;
    /** The guard is held for microseconds; who waits longer waits for a process that was stopped in the middle. */
    private static final int GUARD_ATTEMPTS = 1000;
    private static final long PAUSE_NANOS = 2_000_000;

    private interface Guarded<T> {
        T run() throws IOException;
    }

    private final Path directory;

    DirectoryLocks(Path directory) {
        this.directory = directory;
    }

    static String generation(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a generation has a number of at least 0, not " + number);
        }
        return GENERATION_PREFIX + number + SUFFIX;
    }

    static boolean isGenerationLock(String fileName) {
        return fileName.matches(GENERATION_PREFIX + "[0-9]+\\" + SUFFIX);
    }

    DirectoryLock lock(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        return guarded(() -> {
            if (HeldLocks.contains(file)) {
                throw inUse(file, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = openOrCreate(file);
            boolean locked = false;
            try {
                locked = tryLock(channel) != null;
                if (!locked) {
                    throw inUse(file, readPid(channel));
                }
                writePid(channel);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            HeldLocks.add(file);
            return new DirectoryLock(file, channel);
        });
    }

    boolean isHeld(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        return guarded(() -> {
            if (HeldLocks.contains(file)) {
                return true;
            }
            try (FileChannel channel = open(file)) {
                return tryLock(channel) == null;
            } catch (NoSuchFileException e) {
                return false;
            }
        });
    }

    /** Deletes a lock file that nobody holds; false if somebody does. */
    boolean deleteIfFree(Path file) throws IOException {
        return guarded(() -> {
            if (HeldLocks.contains(file)) {
                return false;
            }
            try (FileChannel channel = open(file)) {
                return tryLock(channel) != null && Files.deleteIfExists(file);
            }
        });
    }

    private <T> T guarded(Guarded<T> body) throws IOException {
        Path file = directory.resolve(GUARD);
        synchronized (HeldLocks.MONITOR) {
            try (FileChannel guard = openOrCreate(file)) {
                for (int attempt = 1; tryLock(guard) == null; attempt++) {
                    if (attempt == GUARD_ATTEMPTS) {
                        throw new FileSystemException(file.toString(), null,
                                "another process keeps all locks from being taken: is it stopped?");
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                return body.run();
            }
        }
    }

    private static FileChannel openOrCreate(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            PrivateFile.check(file);
        }
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PrivateFile.permissions());
    }

    private static FileChannel open(Path file) throws IOException {
        PrivateFile.check(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID_BYTES);
        channel.read(bytes, 0);
        String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().trim();
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    private static FileSystemException inUse(Path file, String pid) {
        return new FileSystemException(file.toString(), null,
                "in use by another instance, process " + pid + ": stop it, or use another directory");
    }
}
