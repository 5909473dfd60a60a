package org.liveupdate.demo.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AsciiTest {
    @Test
    void whatNoTerminalCanSpoilIsWrittenInDigits() {
        assertEquals("a b~\\u000a\\u00e4\\u001b", Ascii.of("a b~\n\u00e4\u001b"));
    }

    @Test
    void longTextsKeepTheirEnds() {
        assertEquals("short", Ascii.cut("short", 5));
        assertEquals("abc...yz", Ascii.cut("abcdefghijklmnopqrstuvwxyz", 8));
        assertEquals("a...", Ascii.cut("abcde", 4));
    }
}
