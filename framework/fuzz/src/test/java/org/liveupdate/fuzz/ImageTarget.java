package org.liveupdate.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import org.liveupdate.kho.image.ImageRemains;

/**
 * Any pages are an image, or refused; and if their end was lost, they are surveyed as far as they go. The first byte of an input is the number of pages of the tree, the pages follow.
 */
public final class ImageTarget {
    static final int PAGES_OFFSET = 1;
    private static final Path NAME = Path.of("fuzzed.image");
    private static final int MOST_TREE_PAGES = 2;

    private ImageTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < PAGES_OFFSET) {
            return;
        }
        int treePages = 1 + (input[0] & 0xff) % MOST_TREE_PAGES;
        byte[] image = RawImage.unpack(input, PAGES_OFFSET, null, treePages);
        Loading.load(image);
        byte[] remains = Arrays.copyOf(image, image.length - RawImage.TRAILER_BYTES);
        Loading.survey(image.length, () -> ImageRemains.open(remains, NAME));
    }
}
