package org.liveupdate.kexec.supervisor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The supervisor's private directory: the control socket, and for each generation a directory with its bundle cache and
 * its temporary files, which goes when the generation has ended. (A generation that was replaced has run no shutdown
 * code that could clean up.) Only the user can enter it; that protects the control channel.
 */
public final class RunDirectory implements Closeable {
    /** The path of a Unix domain socket has up to 107 bytes and its terminator. */
    private static final int SOCKET_PATH_MAX_BYTES = 107;
    private static final String SOCKET = "control";
    /** The directory for temporary files where none is chosen. */
    private static final Path USUAL = Path.of("/tmp");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    /** Less is left to handover memory. */
    private static final long ROOM_BYTES = 256L << 20;

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * A new one in the best place where its path is short enough for a socket: shared memory, if there is plenty and
     * nobody chose a directory for temporary files; that directory otherwise.
     *
     * @return mode 0700
     * @throws IOException
     *             if there is no place for it
     */
    public static RunDirectory create() throws IOException {
        IOException failure = null;
        for (Path parent : parents(Path.of(System.getProperty("java.io.tmpdir")), SHARED_MEMORY)) {
            try {
                // mode 0700, exclusive
                RunDirectory candidate = new RunDirectory(Files.createTempDirectory(parent, "liveupdate-run-"));
                if (candidate.socket().toString().getBytes().length <= SOCKET_PATH_MAX_BYTES) {
                    return candidate;
                }
                candidate.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IOException("no directory for the supervisor's control socket could be made in the temporary"
                + " directory, /tmp or /dev/shm; set -Djava.io.tmpdir to one that is writable and has a short path",
                failure);
    }

    /**
     * Where it may be, best first. Frameworks write the same small files again for each bundle, which the journal of a
     * disk makes slow.
     */
    static List<Path> parents(Path temporary, Path sharedMemory) {
        return temporary.equals(USUAL) && hasRoom(sharedMemory) ? List.of(sharedMemory, temporary)
                : List.of(temporary, USUAL, sharedMemory);
    }

    private static boolean hasRoom(Path sharedMemory) {
        try {
            FileStore store = Files.getFileStore(sharedMemory);
            return store.type().equals("tmpfs") && store.getUsableSpace() >= ROOM_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where the control socket is bound.
     *
     * @return a path in it
     */
    public Path socket() {
        return path.resolve(SOCKET);
    }

    /** The place of one generation. */
    Path generation(int number) throws IOException {
        return Files.createDirectories(path.resolve("generation-" + number));
    }

    /** Removes a directory and all that is in it; symbolic links are removed, not followed. */
    static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException failure) throws IOException {
                Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes it and all that is in it. */
    @Override
    public void close() throws IOException {
        remove(path);
    }
}
