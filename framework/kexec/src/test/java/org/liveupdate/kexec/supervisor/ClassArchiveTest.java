package org.liveupdate.kexec.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archives of classes a generation is given. What is in them does not matter here. */
class ClassArchiveTest {
    @TempDir
    Path directory;

    private Path jar;
    private Path label;
    private ClassArchive archive;

    @BeforeEach
    void archiveIsMade() throws IOException {
        jar = Files.writeString(directory.resolve("runtime.jar"), "classes");
        label = directory.resolve("runtime.jar.jsa.label");
        archive = new ClassArchive(jar);
        Files.writeString(archive.draft(), "the same classes");
        archive.publish();
    }

    private void used() {
        assertEquals("-XX:SharedArchiveFile=" + directory.resolve("runtime.jar.jsa"),
                archive.options(List.of("java", "-Xmx1g")).get(0));
    }

    private void notUsed() {
        assertEquals(List.of(), archive.options(List.of("java", "-Xmx1g")));
    }

    @Test
    void archiveThatFitsIsUsed() {
        used();
    }

    @Test
    void newArchiveReplacesTheOld() throws IOException {
        Files.writeString(archive.draft(), "other classes than before");
        archive.publish();
        used();
        assertEquals("other classes than before", Files.readString(archive.file()));
    }

    @Test
    void missingArchiveIsNotUsed() throws IOException {
        Files.delete(archive.file());
        notUsed();
    }

    @Test
    void archiveWithoutLabelIsNotUsed() throws IOException {
        Files.delete(label);
        notUsed();
    }

    @Test
    void archiveThatEndsEarlyIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(archive.file(), PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(archive.file(), StandardOpenOption.WRITE)) {
            channel.truncate(3);
        }
        notUsed();
    }

    @Test
    void archiveOfAnOlderJarIsNotUsed() throws IOException {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        notUsed();
    }

    @Test
    void archiveOfAnotherJarIsNotUsed() throws IOException {
        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "more classes");
        Files.setLastModifiedTime(jar, time);
        notUsed();
    }

    @Test
    void archiveOfAnotherJvmIsNotUsed() throws IOException {
        String other = Files.readString(label).replace(System.getProperty("java.vm.version"), "17.0.0+0");
        Files.setPosixFilePermissions(label, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(label, other);
        notUsed();
    }

    @Test
    void archiveThatOthersCanWriteIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(archive.file(), PosixFilePermissions.fromString("rw-rw-r--"));
        notUsed();
    }

    @Test
    void labelThatOthersCanWriteIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(label, PosixFilePermissions.fromString("rw-r--rw-"));
        notUsed();
    }

    @Test
    void archiveBehindASymbolicLinkIsNotUsed() throws IOException {
        Files.move(archive.file(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(archive.file(), directory.resolve("elsewhere"));
        notUsed();
    }

    @Test
    void archiveOfSomebodyElseIsNotUsed() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Files.setAttribute(archive.file(), "unix:uid", 65534);
        notUsed();
    }

    @Test
    void optionsThatSomebodyChoseAreLeftAlone() {
        for (String chosen : List.of("-Xshare:off", "-XX:SharedArchiveFile=other.jsa",
                "-XX:ArchiveClassesAtExit=new.jsa",
                "-XX:+AutoCreateSharedArchive", "-XX:AOTCache=other.aot")) {
            assertEquals(List.of(), archive.options(List.of("java", chosen)), chosen);
        }
    }
}
