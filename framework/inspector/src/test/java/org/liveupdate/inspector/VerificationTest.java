package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.inspector.Samples.Answer;

/** Checksums of the image and of the memory next to it. */
class VerificationTest {
    @TempDir
    Path temporary;

    private Path place;
    private Path image;
    private Path memory;

    @BeforeEach
    void write() throws Exception {
        place = temporary.toRealPath();
        image = Files.write(place.resolve("image-3.committed"), Samples.image());
        memory = Files.write(place.resolve(Samples.MEMORY), new byte[(int) Samples.MEMORY_BYTES]);
    }

    @Test
    void whatWasVerifiedIsTold() throws Exception {
        Answer answer = Samples.image("verify", image);

        Golden.check("verify.txt", answer.out(), place);
        assertEquals(0, answer.status());
        JsonObject json = JsonParser.parseString(Samples.image("verify", "--json", image).out()).getAsJsonObject();
        assertTrue(json.get("good").getAsBoolean());
        assertEquals(6, json.getAsJsonArray("checks").size());
    }

    @Test
    void aFlippedBitInAnyByteOfASummedBlockIsFound() throws Exception {
        for (int at : new int[]{0x2000, 0x3fff, 0x8000, 0x9001, 0xffff}) {
            byte[] contents = new byte[(int) Samples.MEMORY_BYTES];
            contents[at] = 4;
            Files.write(memory, contents);

            Answer answer = Samples.image("verify", image);

            assertEquals(1, answer.status());
            assertTrue(
                    answer.out().contains("block at " + (at < 0x8000 ? "0x2000 of flb pool-v1" : "0x8000 of file 0")),
                    answer::toString);
        }
    }

    @Test
    void memoryThatIsTooShortIsBad() throws Exception {
        Files.write(memory, new byte[4096]);

        Answer answer = Samples.image("verify", image);

        assertEquals(1, answer.status());
        assertTrue(answer.out().contains("has 4096 bytes, the image says 65536"), answer::toString);
    }

    @Test
    void memoryThatIsNotThereIsNotVerified() throws Exception {
        Files.delete(memory);

        Answer answer = Samples.image("verify", image);

        assertEquals(0, answer.status());
        assertTrue(answer.out().contains("not verified"), answer::toString);
        assertTrue(answer.out().contains("is not next to the image"), answer::toString);
    }

    @Test
    void memoryBehindALinkIsNotFollowed() throws Exception {
        Path other = Files.move(memory, place.resolve("elsewhere"));
        Files.createSymbolicLink(memory, other);

        assertEquals(1, Samples.image("verify", image).status());
    }

    @Test
    void anImageThatWasDecidedMeanwhileIsNotBad() throws Exception {
        ImageReport report = OwnImage.read(image, "committed", Samples.image());
        byte[] contents = new byte[(int) Samples.MEMORY_BYTES];
        contents[0x2000] = 1;
        Files.write(memory, contents);
        assertFalse(Verification.of(report).isGood());

        Files.move(image, place.resolve("image-3.confirmed"));

        assertTrue(Verification.of(report).isGood());
    }

    @Test
    void memoryOfADecidedImageIsLeftAlone() throws Exception {
        byte[] contents = new byte[(int) Samples.MEMORY_BYTES];
        contents[0x2000] = 1;
        Files.write(memory, contents);
        Files.move(image, place.resolve("image-3.confirmed"));

        Answer answer = Samples.image("verify", place.resolve("image-3.confirmed"));

        assertEquals(0, answer.status());
        assertTrue(answer.out().contains("the image is decided"), answer::toString);
    }
}
