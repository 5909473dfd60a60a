package org.liveupdate.fuzz;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.Survey;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

/** What must hold whenever an image is loaded, whatever is in it. */
final class Loading {
    private static final Path NAME = Path.of("fuzzed.image");

    private Loading() {}

    /**
     * Loads an image that may be anything. What is accepted comes back when it is written and loaded again, and takes no
     * more room than it did: nothing was counted twice. What is refused is surveyed with a fault, and only that.
     *
     * @throws AssertionError
     *             it was neither loaded as it should be nor refused in a documented way
     */
    static void load(byte[] image) {
        Image loaded = null;
        try {
            loaded = AllocationBound.check(AllocationBound.of(image.length), () -> ImageDecoder.decode(image, NAME));
        } catch (ImageException e) {
            requireOffset(e, image.length);
        }
        Optional<Survey> survey = survey(image.length, () -> ImageReader.open(image, NAME));
        Image surveyed = survey.filter(seen -> seen.faults().isEmpty()).map(Survey::image).orElse(null);
        if (!Objects.equals(loaded, surveyed)) {
            throw new AssertionError("loading and survey disagree: " + loaded + ", " + survey);
        }
        if (loaded != null) {
            byte[] written = bytes(ImageEncoder.encode(loaded));
            requireSame(loaded, written);
            if (written.length > image.length) {
                throw new AssertionError("an image of " + image.length + " bytes says what takes " + written.length);
            }
        }
    }

    /**
     * Surveys what is left of an image.
     *
     * @param bytes
     *            its length
     * @return empty if there is not even a device tree
     */
    static Optional<Survey> survey(int bytes, AllocationBound.Reading<ImageReader, ImageException> opening) {
        try {
            Survey survey = AllocationBound.check(AllocationBound.of(bytes), () -> ImageDecoder.survey(opening.read()));
            survey.faults().forEach(fault -> requireOffset(fault, bytes));
            return Optional.of(survey);
        } catch (ImageException e) {
            requireOffset(e, bytes);
            return Optional.empty();
        }
    }

    private static void requireOffset(ImageException e, int length) {
        if (e.offset() < -1 || e.offset() > length) {
            throw new AssertionError("a refusal at offset " + e.offset() + " of " + length, e);
        }
    }

    /** Loads an image that a writer made from a model. */
    static void requireSame(Image model, byte[] image) {
        Image loaded;
        try {
            loaded = ImageDecoder.decode(image, NAME);
        } catch (ImageException e) {
            throw new AssertionError("this build cannot read what it writes", e);
        }
        if (!loaded.equals(model) || !Arrays.equals(image, bytes(ImageEncoder.encode(loaded)))) {
            throw new AssertionError("what was written came back as something else");
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
