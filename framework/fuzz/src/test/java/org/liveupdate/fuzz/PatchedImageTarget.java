package org.liveupdate.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageEncoder;

/**
 * An image that the writer made and that is changed in a few places, with a checksum that says it was meant so. Unchanged it
 * comes back as it was written; changed it is loaded or refused.
 */
public final class PatchedImageTarget {
    /** Fields stand at the start of a page, what is behind is mostly zeros. */
    private static final int WORDS_IN_USE = 128;

    private final Choices choices;
    private final ByteBuffer image;
    private final int pages;

    private PatchedImageTarget(Choices choices, byte[] image) {
        this.choices = choices;
        this.image = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        this.pages = image.length / RawImage.PAGE_BYTES;
    }

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Choices choices = new Choices(input);
        Image model = new ModelFromChoices(choices).image();
        byte[] image = Loading.bytes(ImageEncoder.encode(model));
        if (!choices.more()) {
            Loading.requireSame(model, image);
            return;
        }
        PatchedImageTarget target = new PatchedImageTarget(choices, image);
        while (choices.more()) {
            target.patch();
        }
        RawImage.sign(image);
        Loading.load(image);
    }

    private void patch() {
        switch (choices.below(6)) {
            case 0 -> image.putLong(word(), choices.number());
            case 1 -> image.putLong(word(), (long) choices.below(pages + 1) * RawImage.PAGE_BYTES);
            case 2 -> image.putLong(word(), image.getLong(word()));
            case 3 -> {
                int at = word();
                image.putLong(at, image.getLong(at) + choices.below(3) - 1);
            }
            case 4 -> image.put(word() + choices.below(Long.BYTES), (byte) choices.below(256));
            default -> image.putInt(image.capacity() - RawImage.TRAILER_BYTES
                    + choices.below(RawImage.TRAILER_BYTES / Integer.BYTES) * Integer.BYTES, (int) choices.number());
        }
    }

    private int word() {
        return choices.below(pages) * RawImage.PAGE_BYTES + choices.below(WORDS_IN_USE) * Long.BYTES;
    }
}
