package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** A contract test leaves an image for later versions, and tells which of them can read it. */
class OlderImagesTest {
    private static final String IMAGES = "liveupdate.testkit.images";
    private static final String LEAVES_AN_IMAGE = "anImageOfThisVersionIsReadAfterwards";
    private static final String READS_IMAGES = "imagesOfOlderVersionsAreRead";

    @TempDir
    Path directory;

    @BeforeEach
    void theFirstVersionLeavesAnImage() {
        System.setProperty(IMAGES, directory.toString());
        assertEquals(1, Outcome.of(NoteContract.class, LEAVES_AN_IMAGE).passed());
    }

    @AfterEach
    void forget() {
        System.clearProperty(IMAGES);
    }

    private static List<OlderImage> image(String contract, Object state) {
        return List.of(new OlderImage("1.0", Path.of(System.getProperty(IMAGES), contract + ".zip"), state));
    }

    @Test
    void anImageIsAFewKilobytes() throws Exception {
        assertEquals(0, Files.size(directory.resolve("NoteContract.zip")) / 10_000);
    }

    static class Reads extends NoteContract {
        @Override
        public List<OlderImage> olderImages() {
            return image("NoteContract", 1);
        }
    }

    @Test
    void aVersionThatReadsItPasses() {
        assertEquals(1, Outcome.of(Reads.class, READS_IMAGES).passed());
    }

    static class ReadsWhatItWritesOnly extends Reads {
        private static final int VERSION = 2;

        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Preserved<?> preserved = super.preserve(context, note);
                    body(context, preserved.data()).putInt(4, VERSION);
                    return preserved;
                }

                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    Note note = super.retrieve(context, data);
                    if (body(context, data).getInt(4) != VERSION) {
                        throw new LiveUpdateException(Errno.EINVAL, "another version");
                    }
                    return note;
                }
            };
        }
    }

    @Test
    void aVersionThatReadsOnlyItsOwnIsCaught() {
        Outcome.assertCaughtBy(ReadsWhatItWritesOnly.class, READS_IMAGES);
    }

    static class FlbReads extends NotesContract {
        @Override
        public List<OlderImage> olderImages() {
            return image("NotesContract", 1001L);
        }
    }

    @Test
    void anFlbThatReadsItPasses() {
        assertEquals(1, Outcome.of(NotesContract.class, LEAVES_AN_IMAGE).passed());
        assertEquals(1, Outcome.of(FlbReads.class, READS_IMAGES).passed());
    }
}
