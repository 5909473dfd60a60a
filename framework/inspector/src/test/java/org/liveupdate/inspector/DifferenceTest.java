package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.Samples.Answer;
import org.liveupdate.kho.image.MemoryState;

/** Two images compared. */
class DifferenceTest {
    @TempDir
    Path place;

    private Path first;

    @BeforeEach
    void writeTheFirst() throws Exception {
        first = Files.write(place.resolve("image-3.confirmed"), Samples.image());
    }

    @Test
    void anImageIsTheSameAsItself() {
        Answer answer = Samples.image("diff", first, first);

        assertEquals(new Answer(0, "", ""), answer);
        JsonObject json = JsonParser.parseString(Samples.image("diff", "--json", first, first).out()).getAsJsonObject();
        assertTrue(json.get("same").getAsBoolean());
    }

    @Test
    void everythingThatChangedIsNamed() throws Exception {
        List<String> pool = List.of("pool-v1");
        ImageModel model = new ImageModel(4, List.of(new FlbEntry("pool-v1", 0x2000, 2, 1, "org.example.pool")),
                List.of(new SessionEntry("one", List.of(
                        new FileEntry("memfd-v1", 0x9000, 0, pool, 4, "org.example.memfd"),
                        new FileEntry("memfd-v2", 1, 5, pool, 0, "org.example.memfd"))),
                        new SessionEntry("empty", List.of()), new SessionEntry("new", List.of())));
        MemoryState memory = new MemoryState(Samples.MEMORY, Samples.MEMORY_BYTES, 9,
                Samples.memory().scopes().subList(0, 3));
        Path second = Files.write(place.resolve("image-4.committed"), Samples.image(model, memory));

        Answer answer = Samples.image("diff", first, second);
        Golden.check("diff.txt", answer.out(), place);
        assertEquals(1, answer.status());
        Golden.check("diff.json", Samples.image("diff", "--json", first, second).out(), place);
    }

    @Test
    void differentDumpsDiffer() throws Exception {
        Path a = Files.write(place.resolve("a.hex"), Samples.dump("v6-serialise_basic-1.hex"));
        Path b = Files.write(place.resolve("b.hex"), Samples.dump("mainline-serialise_63-1.hex"));

        assertEquals(1, Samples.image("diff", a, b).status());
        assertEquals(0, Samples.image("diff", a, a).status());
    }

    @Test
    void aBadImageCannotBeCompared() throws Exception {
        byte[] bytes = Samples.image();
        bytes[5000] ^= 1;
        Path bad = Files.write(place.resolve("image-5.committed"), bytes);

        Answer answer = Samples.image("diff", first, bad);

        assertEquals(2, answer.status());
        assertEquals("", answer.out());
        assertTrue(answer.err().contains("image-5.committed cannot be compared: corrupt at offset"), answer::toString);
        assertFalse(answer.err().contains("Exception"), answer::toString);
    }
}
