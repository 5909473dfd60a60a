package org.liveupdate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Handover directories with an image in them, as archives. Memory files are sparse, and so are the archives: each page
 * that is not all zeros is an entry {@code FILE@OFFSET}, and an entry without contents stands for the file's length.
 */
final class Images {
    /** System property: the directory in which the images that the tests write are kept, for tests of later versions. */
    private static final String KEPT = "liveupdate.testkit.images";
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    private Images() {}

    /** Creates a directory, if need be, that only its owner can enter. */
    static Path privateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** Where the image of a test is kept, or else a file that goes with the test. */
    static Path archive(Class<?> test, Path otherwise) throws IOException {
        String kept = System.getProperty(KEPT);
        return kept == null ? otherwise.resolve("image.zip")
                : Files.createDirectories(Path.of(kept)).resolve(test.getSimpleName() + ".zip");
    }

    /** Writes the files of a directory into an archive. */
    static void pack(Path directory, Path archive) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(directory)) {
            files = list.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                pack(file, zip);
            }
        }
    }

    private static void pack(Path file, ZipOutputStream zip) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long offset = 0;
            byte[] page = in.readNBytes(PAGE);
            while (page.length > 0) {
                if (!Arrays.equals(page, 0, page.length, ZEROS, 0, page.length)) {
                    zip.putNextEntry(new ZipEntry(file.getFileName() + "@" + offset));
                    zip.write(page);
                }
                offset += page.length;
                page = in.readNBytes(PAGE);
            }
            zip.putNextEntry(new ZipEntry(file.getFileName() + "@" + offset));
        }
    }

    /** Writes the files of an archive into a directory, as private as they have to be. */
    static void unpack(Path archive, Path directory) throws IOException {
        privateDirectory(directory);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                String[] name = entry.getName().split("@");
                Path file = directory.resolve(Path.of(name[0]).getFileName());
                unpack(zip.getInputStream(entry).readAllBytes(), file, Long.parseLong(name[1]));
            }
        }
    }

    private static void unpack(byte[] page, Path file, long offset) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            if (page.length == 0) {
                out.setLength(offset);
            }
            out.seek(offset);
            out.write(page);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
