package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void sizesAreRoundedToAUnitThatSuits() {
        assertEquals("0 B", Units.size(0));
        assertEquals("1023 B", Units.size(1023));
        assertEquals("1.0 KiB", Units.size(1024));
        assertEquals("128.5 MiB", Units.size((128L << 20) + (1 << 19)));
        assertEquals("8.0 EiB", Units.size(Long.MAX_VALUE));
    }

    @Test
    void timesAreInMillisecondsAndCanBeUnknown() {
        assertEquals("21.4 ms", Units.millis(21_420));
        assertEquals("1,234.6 ms", Units.millis(1_234_560));
        assertEquals("-", Units.millis(-1));
    }

    @Test
    void oneOfAThingIsNotMany() {
        assertEquals("1 file", Units.count(1, "file"));
        assertEquals("0 files", Units.count(0, "file"));
        assertEquals("1,000 files", Units.count(1000, "file"));
    }
}
