package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Everything that changes a handover directory: its memory file and its images. What a crash can leave behind is a
 * beginning of these operations, so a test that records them, or stops at one, knows every state there can be.
 *
 * <p>{@link SystemFileOperations} is what runs. Safe for use by several threads. No argument may be null.
 */
public interface FileOperations {

    /**
     * Creates a private file, mode 0600.
     *
     * @return open for reading and writing
     * @throws FileAlreadyExistsException if there is something of that name, a symbolic link included
     */
    FileChannel create(Path file) throws IOException;

    /**
     * Opens a file that was checked to be private; a symbolic link is not followed.
     *
     * @return open for reading and writing
     */
    FileChannel open(Path file) throws IOException;

    /** Writes all of {@code source}, whose position is not moved, from byte {@code position} of the file on. */
    void write(FileChannel channel, ByteBuffer source, long position) throws IOException;

    /** Makes a file shorter. */
    void truncate(FileChannel channel, long bytes) throws IOException;

    /**
     * Maps {@code bytes} bytes from {@code position} on, for reading and writing. A file that ends before becomes longer
     * without taking room.
     */
    ByteBuffer map(FileChannel channel, long position, int bytes) throws IOException;

    /** Makes contents and length of a file durable. */
    void force(FileChannel channel) throws IOException;

    /**
     * Renames atomically. What has the new name is replaced.
     *
     * @throws NoSuchFileException if there is no {@code from}
     */
    void rename(Path from, Path to) throws IOException;

    /**
     * Deletes a file.
     *
     * @return false if it is not there
     */
    boolean delete(Path file) throws IOException;

    /** Makes the names in a directory durable: files created, renamed and deleted. */
    void forceDirectory(Path directory) throws IOException;
}
