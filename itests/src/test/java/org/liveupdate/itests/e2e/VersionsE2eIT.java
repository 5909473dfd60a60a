package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.itests.BundleJar;
import org.liveupdate.itests.notes.NotesAgent;
import org.liveupdate.itests.notes.NotesBundle;

/**
 * A new JVM has another version of the provider: version 1 knows {@code note-v1}, version 2 writes both that and
 * {@code note-v2}.
 */
@Timeout(120)
class VersionsE2eIT {
    private static final NotesBundle ONE = NotesBundle.of("notes.owner", "note-v1", "book-v1");
    private static final NotesBundle TWO = new NotesBundle(ONE.symbolicName(), "2.0.0",
            List.of("note-v2", "note-v1"), ONE.flbs(), ONE.depends());

    @TempDir
    Path place;

    private Path bundles;

    @BeforeEach
    void deployVersionOneAndAnAgent() throws Exception {
        bundles = Files.createDirectory(place.resolve("bundles"));
        nextGenerationHas(ONE);
        Files.copy(new BundleJar("notes.agent", "1.0.0").with(NotesAgent.class)
                .header("Bundle-Activator", NotesAgent.class.getName())
                .header("Import-Package", "org.liveupdate.api,org.osgi.framework").content(),
                bundles.resolve("agent.jar"));
    }

    /** Moved: whoever runs goes on with the jar that it has installed. */
    private void nextGenerationHas(NotesBundle notes) throws Exception {
        Path jar = Files.write(place.resolve("next.jar"), notes.jar());
        Files.move(jar, bundles.resolve("notes.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aProviderIsUpgradedAndDowngradedByLiveUpdatesUnlessTheOtherVersionCouldNotReadAFile() throws Exception {
        Liveupdate liveupdate = new Liveupdate(place).shortLived().property("liveupdate.settle.timeout", 200);
        try (PromptRun prompt = liveupdate.prompt("--bundles", bundles)) {
            prompt.ask("notes:keep up 'note-v1: written by version 1'");
            nextGenerationHas(TWO);
            prompt.ask("liveupdate:kexec --yes");
            assertContains(prompt.ask("liveupdate:modules"), "notes.owner 2.0.0");
            assertEquals(List.of("note-v1: written by version 1"), prompt.ask("notes:take up"));

            prompt.ask("notes:keep down 'note-v1: written by version 2'");
            prompt.ask("notes:keep new 'note-v2: written by version 2'");
            nextGenerationHas(ONE);
            assertRefusedForNothing(prompt);

            prompt.ask("liveupdate:close --yes new");
            prompt.ask("liveupdate:kexec --yes");
            assertContains(prompt.ask("liveupdate:modules"), "notes.owner 1.0.0");
            assertEquals(List.of("note-v1: written by version 2"), prompt.ask("notes:take down"));
            assertEquals(0, prompt.end());
        }
    }

    /** Told beforehand and refused, and everything is as before. */
    private static void assertRefusedForNothing(PromptRun prompt) throws Exception {
        List<String> before = prompt.ask("liveupdate:files");
        String lost = "the successor has no handler note-v2: the file that depends on it would wait";

        List<String> plan = prompt.ask("liveupdate:plan kexec");
        assertContains(plan, "a kexec would be refused without --force");
        assertContains(plan, "  would not survive: " + lost);
        List<String> refusal = prompt.ask("liveupdate:kexec --yes");
        assertContains(refusal, "LiveUpdateException: ENODEV: the successor (generation ");
        assertContains(refusal, lost);

        assertEquals(before, prompt.ask("liveupdate:files"));
        assertContains(prompt.ask("liveupdate:modules"), "notes.owner 2.0.0");
    }

    private static void assertContains(List<String> answer, String part) {
        assertTrue(answer.stream().anyMatch(line -> line.contains(part)),
                () -> "\"" + part + "\" is missing in:\n" + String.join("\n", answer));
    }
}
