package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.liveupdate.kho.image.ImageException;

/**
 * Every bit of an image flipped, every length, every field set to the values that break things: an image is refused
 * with the documented exception, or it says the same as before, or a value in it is another one.
 */
class ImageMutationTest {
    private static final Path NAME = Path.of("mutated.image");
    private static final Image IMAGE = ReferenceImage.resumed();
    private static final byte[] BYTES = ImageEncoder.encode(IMAGE).array();
    private static final int CHECKSUM = BYTES.length - Integer.BYTES;
    private static final long[] EXTREMES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final Duration MINUTES = Duration.ofMinutes(3);
    /** Ten times what the good image takes, and more. */
    private static final long MOST_ALLOCATED = 4 << 20;

    private enum Outcome {
        DETECTED, SAME, OTHER
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int[] counts = new int[Outcome.values().length];

    @Test
    void theImageItselfIsRead() throws ImageException {
        assertEquals(IMAGE, ImageDecoder.decode(BYTES, NAME));
    }

    @Test
    void everyFlippedBitIsDetected() {
        byte[] mutated = BYTES.clone();
        assertTimeout(MINUTES, () -> {
            for (int bit = 0; bit < 8 * mutated.length; bit++) {
                flip(mutated, bit);
                assertEquals(Outcome.DETECTED, outcome(mutated), "bit " + bit);
                flip(mutated, bit);
            }
        });
    }

    @Test
    void everyTruncationIsDetected() {
        assertTimeout(MINUTES, () -> {
            for (int length = 0; length < BYTES.length; length++) {
                assertEquals(Outcome.DETECTED, outcome(Arrays.copyOf(BYTES, length)), "length " + length);
            }
        });
    }

    @Test
    void everyFieldWithAnotherValueIsDetected() {
        ByteBuffer mutated = ByteBuffer.wrap(BYTES.clone()).order(ByteOrder.LITTLE_ENDIAN);
        assertTimeout(MINUTES, () -> {
            for (int at = 0; at < mutated.capacity(); at += Long.BYTES) {
                long before = mutated.getLong(at);
                for (long value : EXTREMES) {
                    mutated.putLong(at, value);
                    Outcome expected = value == before ? Outcome.SAME : Outcome.DETECTED;
                    assertEquals(expected, outcome(mutated.array()), "offset " + at);
                }
                mutated.putLong(at, before);
            }
        });
    }

    /** With a checksum that says that it was meant so: what the deeper checks let through is padding, or a value. */
    @Test
    void everyFlippedBitUnderARightChecksumIsDetectedOrPaddingOrAValue() {
        byte[] mutated = BYTES.clone();
        BitSet irrelevant = new BitSet();
        assertTimeout(MINUTES, () -> {
            for (int bit = 0; bit < 8 * CHECKSUM; bit++) {
                flip(mutated, bit);
                if (count(sealed(mutated)) == Outcome.SAME) {
                    irrelevant.set(bit);
                }
                flip(mutated, bit);
            }
        });
        report("bits flipped", 8 * CHECKSUM, irrelevant, 8);
        irrelevant.stream().map(bit -> bit / 8).forEach(this::assertPadding);
    }

    @Test
    void everyFieldWithAnotherValueUnderARightChecksumIsDetectedOrPaddingOrAValue() {
        ByteBuffer mutated = ByteBuffer.wrap(BYTES.clone()).order(ByteOrder.LITTLE_ENDIAN);
        BitSet irrelevant = new BitSet();
        int[] tried = new int[1];
        assertTimeout(MINUTES, () -> {
            for (int at = 0; at + Long.BYTES <= CHECKSUM; at += Long.BYTES) {
                long before = mutated.getLong(at);
                for (long value : EXTREMES) {
                    mutated.putLong(at, value);
                    if (value != before) {
                        tried[0]++;
                        if (count(sealed(mutated.array())) == Outcome.SAME) {
                            irrelevant.set(at, at + Long.BYTES);
                        }
                    }
                }
                mutated.putLong(at, before);
            }
        });
        report("values set", tried[0], irrelevant, 1);
        irrelevant.stream().forEach(this::assertPadding);
    }

    /**
     * Zeros; or how old a reader may be, in the trailer and in the header of the tree; or the size of the tree, which may
     * as well reach into the zeros behind it.
     */
    private void assertPadding(int at) {
        int trailer = BYTES.length - 64;
        boolean version = at >= trailer + 16 && at < trailer + 24 || at >= 20 && at < 28;
        boolean treeSize = at >= 4 && at < 8;
        assertTrue(BYTES[at] == 0 || version || treeSize,
                "byte " + at + " is " + BYTES[at] + ", and its bits mean nothing");
    }

    private void report(String what, int tried, BitSet irrelevant, int unitsOfOneByte) {
        assertEquals(tried, Arrays.stream(counts).sum());
        StringBuilder ranges = new StringBuilder();
        BitSet bytes = new BitSet();
        irrelevant.stream().forEach(unit -> bytes.set(unit / unitsOfOneByte));
        for (int from = bytes.nextSetBit(0); from >= 0;) {
            int to = bytes.nextClearBit(from);
            ranges.append(' ').append(from).append('-').append(to - 1);
            from = bytes.nextSetBit(to);
        }
        System.out.println(what + " under a right checksum: " + tried + ", detected " + counts[0] + ", irrelevant "
                + counts[1] + ", other values " + counts[2] + "; irrelevant bytes:" + ranges);
    }

    private Outcome count(byte[] mutated) {
        Outcome outcome = outcome(mutated);
        counts[outcome.ordinal()]++;
        return outcome;
    }

    private Outcome outcome(byte[] mutated) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            return ImageDecoder.decode(mutated, NAME).equals(IMAGE) ? Outcome.SAME : Outcome.OTHER;
        } catch (ImageException e) {
            return Outcome.DETECTED;
        } finally {
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MOST_ALLOCATED, () -> allocated + " bytes allocated");
        }
    }

    private static byte[] sealed(byte[] image) {
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, CHECKSUM);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM, (int) checksum.getValue());
        return image;
    }

    private static void flip(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
}
