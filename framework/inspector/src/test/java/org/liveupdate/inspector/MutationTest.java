package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.inspector.Samples.Answer;

/** Whatever the bytes are, the answer is a report: status, text, no exception, nothing that a terminal acts on. */
@Timeout(120)
class MutationTest {
    private static final int MUTATIONS = 1000;

    @TempDir
    Path place;

    private final Random random = new Random(4);
    private Path file;

    @BeforeEach
    void name() {
        file = place.resolve("image-3.committed");
    }

    private Answer show(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        Answer answer = Samples.image(file);
        assertTrue(answer.status() == 0 || answer.status() == 1, answer::toString);
        assertFalse((answer.out() + answer.err()).isEmpty());
        assertTrue((answer.out() + answer.err()).chars().allMatch(c -> c == '\n' || c >= ' ' && c != 0x7f),
                answer::toString);
        return answer;
    }

    private void json(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        Answer answer = Samples.image("--json", file);
        if (answer.err().isEmpty()) {
            JsonParser.parseString(answer.out());
        }
        assertTrue(Samples.image("verify", file).status() < 2);
    }

    private byte[] mutated(byte[] bytes) {
        byte[] other = bytes.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(255));
        return other;
    }

    @Test
    void everyFlippedByteOfAnImageIsReported() throws Exception {
        byte[] image = Samples.image();
        for (int i = 0; i < MUTATIONS; i++) {
            assertEquals(1, show(mutated(image)).status());
        }
    }

    @Test
    void behindARightChecksumEveryByteIsStillLookedAt() throws Exception {
        byte[] image = Samples.image();
        int bad = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = Samples.withChecksum(mutated(image));
            bad += show(mutated).status();
            json(mutated);
        }
        assertTrue(bad > 0 && bad < MUTATIONS, () -> "padding and fields were hit");
    }

    @Test
    void interestingNumbersInEveryFieldAreReported() throws Exception {
        byte[] image = Samples.image();
        for (int at = 0; at + Long.BYTES <= image.length; at += Long.BYTES) {
            for (long value : new long[]{0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, image.length}) {
                byte[] other = image.clone();
                ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
                if (at % 4096 < 256) {
                    show(Samples.withChecksum(other));
                }
            }
        }
    }

    @Test
    void everyLengthOfAnImageIsReported() throws Exception {
        byte[] image = Samples.image();
        for (int length = 0; length < image.length; length += 1 + random.nextInt(80)) {
            assertEquals(1, show(Arrays.copyOf(image, length)).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6-serialise_basic-1.hex", "mainline-serialise_63-1.hex", "v6-serialise_basic-1.dtb"})
    void everyFlippedByteOfADumpIsReported(String name) throws Exception {
        file = place.resolve("dump");
        byte[] dump = Samples.dump(name);
        for (int i = 0; i < MUTATIONS / 10; i++) {
            byte[] mutated = mutated(dump);
            show(mutated);
            json(mutated);
        }
    }
}
