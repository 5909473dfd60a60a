package org.liveupdate.inspector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.liveupdate.inspector.linux.HexDump;
import org.liveupdate.inspector.linux.LinuxLuo;
import org.liveupdate.inspector.linux.PhysicalMemory;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;
import org.liveupdate.kho.image.ImageStore;
import org.liveupdate.kho.image.StoredImage;
import org.liveupdate.kho.image.TrailerFields;

/** Finds out what a path is, and reads it. */
final class Finder {
    /** A name changes at most twice, from committed to claimed to decided, and then the file may be deleted. */
    private static final int LOOKS = 4;
    private static final int TREE_MAGIC = 0xd00dfeed;
    private static final String OWN_NODE = "liveupdate-flb";

    private Finder() {}

    /**
     * What there is at a path.
     *
     * @param directory
     *            if it is one
     * @param image
     *            the image or dump; empty in a directory without images
     */
    record Found(Optional<DirectoryReport> directory, Optional<ImageReport> image) {}

    /**
     * Reads an image, a dump, or the image of a directory that says most about it.
     *
     * @throws IOException
     *             if it cannot be read, or is neither; the message is one sentence
     */
    static Found find(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return new Found(Optional.empty(), Optional.of(file(path)));
        }
        for (int look = 1;; look++) {
            DirectoryReport directory = DirectoryReport.of(path);
            Optional<StoredImage> image = directory.shown();
            try {
                return new Found(Optional.of(directory),
                        image.isPresent() ? Optional.of(file(image.get().path())) : Optional.empty());
            } catch (NoSuchFileException e) {
                if (look == LOOKS) {
                    throw e;
                }
            }
        }
    }

    private static ImageReport file(Path path) throws IOException {
        byte[] bytes = read(path);
        String state = States.of(path);
        if (!state.isEmpty() || TrailerFields.of(bytes).isPresent()) {
            return OwnImage.read(path, state, bytes);
        }
        if (isTree(bytes)) {
            return isOwnTree(bytes) ? OwnImage.read(path, state, bytes)
                    : LinuxLuo.read(path, bytes.length, PhysicalMemory.ofTree(bytes));
        }
        if (HexDump.isDump(bytes)) {
            return LinuxLuo.read(path, bytes.length, HexDump.parse(bytes, path));
        }
        throw refused(path, "is neither an image nor a dump: name a handover directory, an image-N file in one, or the "
                + ".hex or .dtb file of a dump (a .dts is source: dtc makes a .dtb of it)");
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw refused(path, "is neither a file nor a directory");
        }
        long length = Files.size(path);
        if (length > ImageStore.MAX_IMAGE_BYTES) {
            throw refused(path, "has " + length + " bytes, an image has at most " + ImageStore.MAX_IMAGE_BYTES);
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes((int) length);
        }
    }

    private static boolean isTree(byte[] bytes) {
        return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt(0) == TREE_MAGIC;
    }

    /** Of an image that has lost its end and its name. */
    private static boolean isOwnTree(byte[] bytes) {
        try {
            FdtNode root = FdtReader.read(bytes);
            return root.child(OWN_NODE).isPresent();
        } catch (FdtException e) {
            return false;
        }
    }

    private static FileSystemException refused(Path path, String reason) {
        return new FileSystemException(path.toString(), null, reason);
    }
}
