package org.liveupdate.demo.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PatternTest {
    private final Pattern pattern = new Pattern(7);
    private final ByteBuffer words = ByteBuffer.allocate(4096);

    @Test
    void whatWasFilledIsNotDifferent() {
        pattern.fill(1 << 20, words);
        assertEquals(-1, pattern.difference(1 << 20, words));
    }

    @Test
    void oneWrongBitIsFoundWhereItIs() {
        pattern.fill(1 << 20, words);
        words.put(803, (byte) (words.get(803) ^ 0x10));
        assertEquals((1 << 20) + 800, pattern.difference(1 << 20, words));
    }

    @Test
    void memoryOfAnotherPlaceOrGuestIsDifferent() {
        pattern.fill(1 << 20, words);
        assertEquals(2 << 20, pattern.difference(2 << 20, words));
        assertEquals(1 << 20, new Pattern(8).difference(1 << 20, words));
    }
}
