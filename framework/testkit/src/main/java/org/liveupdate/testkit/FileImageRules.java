package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from an image that somebody else has written. */
interface FileImageRules<F> extends FileRules<F> {
    /**
     * What older versions have left: a session {@code session} with one file of the handler under test, token 1.
     *
     * @return none, if this is the first version: the test of this rule is skipped then
     */
    default List<OlderImage> olderImages() {
        return List.of();
    }

    @Test
    default void imagesOfOlderVersionsAreRead() throws Exception {
        List<OlderImage> images = olderImages();
        assumeFalse(images.isEmpty(), "no image of an older version was given: override olderImages()");
        for (OlderImage image : images) {
            FileScene<F> later = scene().elsewhere(image.version(), image.archive());
            assertEquals(image.state(), later.state(later.retrieve(FileScene.FIRST)), image.version());
            later.end();
        }
    }

    @Test
    default void anImageOfThisVersionIsReadAfterwards() throws Exception {
        FileScene<F> earlier = scene().elsewhere("earlier");
        Object state = earlier.state(earlier.preserve(1));
        Path archive = Images.archive(getClass(), scene().directory());
        Images.pack(earlier.stop(), archive);
        FileScene<F> later = scene().elsewhere("later", archive);
        assertEquals(state, later.state(later.retrieve(FileScene.FIRST)));
        later.end();
    }
}
