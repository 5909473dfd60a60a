package org.liveupdate.demo.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.demo.files.Manifest.HugeSize;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.demo.run.PastUpdate.Times;

class ManifestFormatTest {
    private static Manifest manifest(String name) {
        Entry entry = new Entry(1, name, Long.MAX_VALUE, "ab".repeat(32), new HugeSize(1L << 40, 2 << 20));
        PastUpdate past = new PastUpdate(12, 34, new Times(1, 2, 3, -1, 5, "monotonic"), 6, 7);
        return new Manifest(3, 4711, List.of(entry, entry), List.of(new FlbCount("an flb, with blanks", 1)),
                List.of(past, past));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lib/modules", "", " ", "two words", "line\nfeed\r", "100 %", "%0041",
            "\u00e4\u6f22\ud83d\ude00",
            "\ud83d", "back\\slash", "\u0000", "end"})
    void everyFileNameComesBackAsItWas(String name) throws Failure {
        assertEquals(manifest(name), ManifestFormat.read(ManifestFormat.write(manifest(name))));
    }

    @Test
    void anEmptyManifestComesBack() throws Failure {
        Manifest empty = new Manifest(0, 0, List.of(), List.of(), List.of());
        assertEquals(empty, ManifestFormat.read(ManifestFormat.write(empty)));
    }

    @Test
    void itIsLinesOfPrintableAscii() {
        for (byte unit : ManifestFormat.write(manifest("\u00e4\t"))) {
            assertTrue(unit == '\n' || unit >= ' ' && unit <= '~');
        }
    }

    @Test
    void everyShorterTextIsRefused() {
        byte[] whole = ManifestFormat.write(manifest("name"));
        String text = new String(whole, StandardCharsets.US_ASCII);
        for (int length = 0; length < text.length(); length++) {
            byte[] part = text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
            assertThrows(Failure.class, () -> ManifestFormat.read(part));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"left", "left x", "file 1 2", "flb 1", "past 1 2", "other 1", "", "flb 1 %00", "flb 1 %zzzz"})
    void aLineThatMakesNoSenseIsNamed(String line) {
        byte[] text = ("liveupdate-demo-manifest 1\nleft 1\n" + line + "\nend\n").getBytes(StandardCharsets.US_ASCII);
        Failure failure = assertThrows(Failure.class, () -> ManifestFormat.read(text));
        assertTrue(failure.getMessage().startsWith("line 3 "), failure.getMessage());
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] text = "liveupdate-demo-manifest 2\nend\n".getBytes(StandardCharsets.US_ASCII);
        Failure failure = assertThrows(Failure.class, () -> ManifestFormat.read(text));
        assertTrue(failure.getMessage().contains("\"liveupdate-demo-manifest 2\""), failure.getMessage());
    }
}
