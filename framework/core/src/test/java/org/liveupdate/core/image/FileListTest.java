package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;

/** The files of a session as columns are the files that they were. */
class FileListTest {
    private static final List<String> A = List.of("a");
    private static final List<String> B = List.of("b");
    /** Each differs from the one before in one thing that files of a kind have in common. */
    private static final List<FileEntry> FILES = List.of(new FileEntry("h", 10, 1, A, 5, "one"),
            new FileEntry("h", 11, 2, A, 6, "one"), new FileEntry("h", 12, 3, B, 7, "one"),
            new FileEntry("h", 13, -4, B, 8, "two"), new FileEntry("k", 14, 5, B, 0, "two"));

    @Test
    void columnsHoldWhatTheEntriesSay() {
        assertEquals(FILES, FileList.of(FILES));
    }

    @Test
    void whatIsInColumnsAlreadyStaysAsItIs() {
        FileList columns = FileList.of(FILES);
        assertSame(columns, FileList.of(columns));
    }

    @Test
    void filesOfEveryKindComeBackFromAnImage() throws Exception {
        List<FlbEntry> flbs = List.of(new FlbEntry("a", 1, 2, 0, "o"), new FlbEntry("b", 2, 3, 0, "o"));
        ImageModel model = new ImageModel(1, flbs, List.of(new SessionEntry("s", FILES)));
        byte[] bytes = ImageEncoder.encode(new Image(model, new Moments(1, 2, 3, 4), null)).array();
        assertEquals(FILES, ImageDecoder.decode(bytes, Path.of("test.image")).model().sessions().get(0).files());
    }
}
