package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.itests.support.Bundles;

/** The archive for Apache Karaf, in a Karaf as it is distributed. */
@Timeout(300)
class KarafE2eIT {
    private static final Path ARCHIVE = Path.of(System.getProperty("liveupdate.kar"));
    private static final String MEMFD = "org.liveupdate.providers.memfd";

    @TempDir
    Path place;

    private Path home;
    private Path directory;
    private KarafRun karaf;

    @BeforeEach
    void installTheArchive() throws Exception {
        Shell.run("tar", "-xzf", System.getProperty("liveupdate.karaf"), "-C", place.toString());
        home = Path.of(Shell.run("find", place.toString(), "-maxdepth", "1", "-name", "apache-karaf-*").strip());
        downloadNothing();
        Files.copy(ARCHIVE, home.resolve("liveupdate.kar"));
        Files.writeString(home.resolve("disk.img"), "preserved");
        directory = Files.createDirectory(place.toRealPath().resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        karaf = new KarafRun(home, directory);
        karaf.awaitOwnFeatures();
        karaf.ask("kar:install file:liveupdate.kar");
        assertEquals(List.of(), karaf.ask("feature:install liveupdate-memory"));
    }

    /** All that the features need and Karaf does not have is in the archive. */
    private void downloadNothing() throws IOException {
        Files.writeString(home.resolve("etc/org.ops4j.pax.url.mvn.cfg"), "\norg.ops4j.pax.url.mvn.repositories =\n",
                StandardOpenOption.APPEND);
    }

    @AfterEach
    void end() {
        karaf.close();
    }

    @Test
    void everyBundleOfTheArchiveIsActive() throws Exception {
        assertEquals(List.of(), karaf.ask("feature:install liveupdate-jmx liveupdate-health liveupdate-inventory"));

        List<String> ours = karaf.ask("bundle:list -s -t 0 --no-format").stream()
                .filter(line -> line.contains("org.liveupdate.")).toList();

        assertTrue(ours.stream().allMatch(line -> line.matches("\\d+\\s+Active\\s.*")), ours::toString);
        try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
            assertEquals(archive.stream().filter(entry -> entry.getName().matches(".*/org\\.liveupdate\\..*\\.jar"))
                    .count(), ours.size());
        }
    }

    @Test
    void aProviderIsReplacedWhileItsFileStaysPreserved() throws Exception {
        NewerJar.write(Bundles.path(MEMFD), "2.0.0", home.resolve("memfd-2.jar"));
        preserve();

        List<String> swapped = karaf.ask("liveupdate:swap --yes " + MEMFD + " file:memfd-2.jar");

        assertLinesMatch(List.of(">> what it does >>", "bundle \\d+ \\(" + MEMFD + " 2\\.0\\.0\\)"), swapped);
        assertVersion2Serves();
    }

    @Test
    void whatAFeatureBringsBackAfterASwapIsRefused() throws Exception {
        NewerJar.write(Bundles.path(MEMFD), "2.0.0", home.resolve("memfd-2.jar"));
        preserve();
        karaf.ask("liveupdate:swap --yes " + MEMFD + " file:memfd-2.jar");

        assertEquals(List.of(), karaf.ask("feature:install liveupdate-jmx"));

        assertOneContains("handler memfd-v2 of bundle " + MEMFD + " 1.0.0.SNAPSHOT: EEXIST",
                karaf.ask("liveupdate:status"));
        assertVersion2Serves();
    }

    private void assertVersion2Serves() {
        assertOneContains("PRESERVED", karaf.ask("liveupdate:files vm"));
        assertOneContains(MEMFD + " 2.0.0             LIVE      1  file 1 of outgoing session \"vm\"",
                karaf.ask("liveupdate:modules"));
    }

    @Test
    void aKexecIsRefusedAndNothingIsLost() {
        preserve();

        assertOneContains("EOPNOTSUPP: kexec needs a supervisor", karaf.ask("liveupdate:kexec --yes"));

        assertOneContains("PRESERVED", karaf.ask("liveupdate:files vm"));
    }

    @Test
    void theNextStartOnTheSameDirectoryHasWhatWasPreserved() throws Exception {
        preserve();
        karaf.end();

        karaf = new KarafRun(home, directory);
        karaf.awaitAnswer("liveupdate:handlers", "memfd-v2");
        karaf.ask("liveupdate:save vm 1 copy.img");

        assertEquals("preserved", Files.readString(home.resolve("copy.img")));
    }

    private void preserve() {
        karaf.ask("liveupdate:create vm");
        assertOneContains("PRESERVED", karaf.ask("liveupdate:preserve vm 1 disk.img"));
    }

    private static void assertOneContains(String part, List<String> lines) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> String.join("\n", lines));
    }
}
