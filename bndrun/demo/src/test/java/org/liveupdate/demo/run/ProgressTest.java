package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes);
    private final StopSignal stop = new StopSignal(() -> false);
    private long now = 5 * SECOND;

    private Progress progress(boolean terminal, long total) {
        return new Progress("loading x", total, out, terminal, () -> now, stop);
    }

    @Test
    void quickWorkShowsNothing() throws Exception {
        try (Progress progress = progress(true, MIB)) {
            progress.add(MIB);
        }
        try (Progress progress = progress(false, MIB)) {
            now += SECOND;
            progress.add(MIB);
        }
        assertEquals("", bytes.toString());
    }

    @Test
    void withoutATerminalThereIsALineNowAndThen() throws Exception {
        try (Progress progress = progress(false, 10 * MIB)) {
            for (int step = 0; step < 10; step++) {
                now += SECOND;
                progress.add(MIB);
            }
        }
        assertEquals(5, bytes.toString().lines().count());
        assertEquals("  loading x  [####................]  20 %  2.0 MiB of 10.0 MiB, 1.0 MiB/s",
                bytes.toString().lines().findFirst().orElseThrow());
    }

    @Test
    void onATerminalOneLineIsWrittenAgainAndGoes() throws Exception {
        try (Progress progress = progress(true, 2 * MIB)) {
            now += SECOND;
            progress.add(MIB);
            now += SECOND;
            progress.add(MIB);
        }
        String text = bytes.toString();
        assertEquals(0, text.chars().filter(unit -> unit == '\n').count());
        assertTrue(text.contains("\r  loading x  [##########..........]  50 %  1.0 MiB of 2.0 MiB, 1.0 MiB/s"), text);
        assertTrue(text.contains("] 100 %"), text);
        assertTrue(text.endsWith(" \r"), text);
    }

    @Test
    void moreThanWasAnnouncedAndNothingAtAllAreShown() throws Exception {
        try (Progress progress = progress(false, 0)) {
            now += 3 * SECOND;
            progress.add(MIB);
        }
        assertTrue(bytes.toString().contains("[####################]"), bytes.toString());
    }

    @Test
    void itEndsWorkThatIsToStop() {
        stop.request();
        try (Progress progress = progress(false, 1)) {
            assertThrows(InterruptedIOException.class, () -> progress.add(1));
        }
    }
}
