package org.liveupdate.demo.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.liveupdate.demo.vm.DmaRing.Stamps;

class DmaRingTest {
    private final ByteBuffer ring = ByteBuffer.allocate(DmaRing.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private void stamp(long sequence, long time) {
        int at = (int) (sequence % DmaRing.ENTRIES) * 16;
        ring.putLong(at, sequence).putLong(at + 8, time);
    }

    @Test
    void anEmptyRingHasNoStamps() {
        assertEquals(new Stamps(0, 0), DmaRing.stamps(ring, -10, 10));
    }

    @Test
    void onlyStampsOfTheIntervalCount() {
        for (int sequence = 0; sequence < 100; sequence++) {
            stamp(sequence, 1_000 + sequence);
        }
        assertEquals(new Stamps(11, 11), DmaRing.stamps(ring, 1_020, 1_030));
        assertTrue(DmaRing.stamps(ring, 1_020, 1_030).isGapless());
    }

    @Test
    void stampsGoRoundTheRing() {
        for (int sequence = DmaRing.ENTRIES - 3; sequence < DmaRing.ENTRIES + 5; sequence++) {
            stamp(sequence, sequence);
        }
        assertEquals(new Stamps(8, 8), DmaRing.stamps(ring, 1, Long.MAX_VALUE));
    }

    @Test
    void aMissingStampIsAGap() {
        stamp(5, 1_005);
        stamp(7, 1_007);
        assertFalse(DmaRing.stamps(ring, 1_000, 2_000).isGapless());
    }
}
