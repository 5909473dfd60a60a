package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockSizesTest {

    @Test
    void aKnownSizeIsMadeOfTheLargestPowersOfTwo() {
        long size = (2L << 30) + 5 * 4096 - 1;
        StringBuilder blocks = new StringBuilder();
        for (long left = size; left > 0;) {
            long block = BlockSizes.exact(left);
            blocks.append(block / 4096).append(' ');
            left -= block;
        }
        assertEquals("262144 262144 4 1 ", blocks.toString());
    }

    @Test
    void aFileWrittenInPiecesHasFewBlocksAndLittleUnusedRoom() {
        long capacity = 0;
        int blocks = 0;
        for (long size = 4096; size <= 2L << 30; size += 4096) {
            while (capacity < size) {
                capacity += BlockSizes.growing(size - capacity, capacity);
                blocks++;
            }
            assertTrue(capacity <= Math.max(4096, size + size / 4), "at " + size);
        }
        assertTrue(blocks < 100, blocks + " blocks");
    }
}
