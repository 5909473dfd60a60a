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
 */
final class DirectoryLocks {

    static final String SUPERVISOR = "supervisor.lock";
    private static final String GENERATION_PREFIX = "generation-";
    private static final String SUFFIX = ".lock";
    private static final int LONGEST_PID_BYTES = 20;
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = 5_000_000;

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
        synchronized (HeldLocks.MONITOR) {
            if (HeldLocks.contains(file)) {
                throw inUse(file, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = openAndLock(file);
            HeldLocks.add(file);
            return new DirectoryLock(file, channel);
        }
    }

    boolean isHeld(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        synchronized (HeldLocks.MONITOR) {
            if (HeldLocks.contains(file)) {
                return true;
            }
            try (FileChannel channel = open(file)) {
                return tryLock(channel) == null;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    /** Deletes a lock file that nobody holds; false if somebody does. */
    boolean deleteIfFree(Path file) throws IOException {
        synchronized (HeldLocks.MONITOR) {
            if (HeldLocks.contains(file)) {
                return false;
            }
            try (FileChannel channel = open(file)) {
                return tryLock(channel) != null && Files.deleteIfExists(file);
            }
        }
    }

    /** The locked file. One that was deleted while it was being locked is no use to anybody: then once more. */
    private static FileChannel openAndLock(Path file) throws IOException {
        while (true) {
            FileChannel channel = openOrCreate(file);
            boolean locked = false;
            try {
                requireLock(channel, file);
                writePid(channel);
                locked = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
                if (locked) {
                    return channel;
                }
            } finally {
                if (!locked) {
                    channel.close();
                }
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

    private static void requireLock(FileChannel channel, Path file) throws IOException {
        // somebody who only asks whether it is held has it for a moment; who holds it keeps it
        for (int attempt = 0; tryLock(channel) == null; attempt++) {
            if (attempt == ATTEMPTS) {
                throw inUse(file, readPid(channel));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
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
