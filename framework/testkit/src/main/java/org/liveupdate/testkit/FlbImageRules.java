package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Side;

/** What is read from an image that somebody else has written. */
interface FlbImageRules<T> extends FlbRules<T> {
    /**
     * What older versions have left: the FLB under test, in use by a file of the test kit.
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
            FlbScene<T> later = scene().elsewhere(image.version(), image.archive());
            assertEquals(image.state(), later.state(Side.INCOMING), image.version());
            later.close(later.retrieveSession(FlbScene.SESSION));
            later.end();
        }
    }

    @Test
    default void anImageOfThisVersionIsReadAfterwards() throws Exception {
        FlbScene<T> earlier = scene().elsewhere("earlier");
        earlier.preserve(FlbScene.SESSION);
        Object state = earlier.changed(Side.OUTGOING, 1);
        Path archive = Images.archive(getClass(), scene().directory());
        Images.pack(earlier.stop(), archive);
        FlbScene<T> later = scene().elsewhere("later", archive);
        assertEquals(state, later.state(Side.INCOMING));
        later.close(later.retrieveSession(FlbScene.SESSION));
        later.end();
    }
}
