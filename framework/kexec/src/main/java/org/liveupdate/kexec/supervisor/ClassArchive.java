package org.liveupdate.kexec.supervisor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of a generation as a JVM keeps them in memory (class data sharing), in a file beside the jar: mapping it
 * takes less time than reading and verifying classes. It is for one jar and one JVM, and never needed.
 *
 * <p>
 * A JVM checks little of it: classes from it run without verification, and a file that ends early kills the JVM. So a
 * second file, the label, says what it is for and how long it is, and both count only if nobody but the owner of the
 * jar can have written them.
 */
final class ClassArchive {
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final Path jar;
    private final Path file;
    private final Path label;

    /**
     * The archive of a jar, which need not be there.
     *
     * @param jar
     *            whose classes it has
     */
    ClassArchive(Path jar) {
        this.jar = jar.toAbsolutePath();
        file = this.jar.resolveSibling(jar.getFileName() + ".jsa");
        label = this.jar.resolveSibling(jar.getFileName() + ".jsa.label");
    }

    /** That of the jar that is the class path of this JVM; empty if that is not one jar. */
    static Optional<ClassArchive> ofThisJar() {
        String classPath = System.getProperty("java.class.path");
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
                ? Optional.of(new ClassArchive(Path.of(classPath))) : Optional.empty();
    }

    Path file() {
        return file;
    }

    /**
     * Options for a JVM that is to use it; empty if it is missing, for another jar or JVM, or not to be trusted.
     *
     * @param others
     *            options that the JVM has already; what somebody chose in this matter is left alone
     */
    List<String> options(List<String> others) {
        if (others.stream().anyMatch(ClassArchive::isAboutArchives)) {
            return List.of();
        }
        try {
            if (isTrusted(file) && isTrusted(label) && Files.readString(label).equals(description())) {
                // should the JVM refuse it, because of its collector for example, then it goes on without
                return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
            }
        } catch (IOException | UnsupportedOperationException e) {
            // one that cannot be read is as good as none
        }
        return List.of();
    }

    private static boolean isAboutArchives(String option) {
        return option.startsWith("-Xshare") || option.startsWith("-XX:") && option.contains("Archive")
                || option.startsWith("-XX:AOT");
    }

    private boolean isTrusted(Path path) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(path, "unix:uid,mode,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        return (Boolean) facts.get("isRegularFile") && facts.get("uid").equals(Files.getAttribute(jar, "unix:uid"))
                && ((Integer) facts.get("mode") & WRITABLE_BY_OTHERS) == 0;
    }

    private String description() throws IOException {
        return String.join("\n", System.getProperty("java.home"), System.getProperty("java.vm.version"),
                jar.toRealPath().toString(), Long.toString(Files.size(jar)),
                Long.toString(Files.getLastModifiedTime(jar).toMillis()), Long.toString(Files.size(file)), "");
    }

    /** Where a JVM writes a new one; in the directory of the old one. */
    Path draft() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Options for a JVM that is to write {@link #draft()} when it ends. */
    List<String> writingOptions() {
        return List.of("-XX:ArchiveClassesAtExit=" + draft(), "-Xlog:disable");
    }

    /** The draft takes the place of an old archive. Without its label, which comes last, it does not count. */
    void publish() throws IOException {
        Files.setPosixFilePermissions(draft(), PosixFilePermissions.fromString("r--r--r--"));
        Files.deleteIfExists(label);
        Files.move(draft(), file, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(label, description());
        Files.setPosixFilePermissions(label, PosixFilePermissions.fromString("r--r--r--"));
    }
}
