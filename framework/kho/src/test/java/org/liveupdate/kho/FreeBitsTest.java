package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FreeBitsTest {

    @Test
    void behavesLikeASortedSet() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FreeBits bits = new FreeBits();
        TreeSet<Integer> model = new TreeSet<>();
        for (int step = 0; step < 100_000; step++) {
            int number = random.nextInt(1 << 1 + random.nextInt(20));
            if (model.add(number)) {
                bits.add(number);
            } else {
                model.remove(number);
                bits.remove(number);
            }
            assertEquals(model.contains(number), bits.contains(number), () -> "seed " + seed);
            assertEquals(model.size(), bits.count(), () -> "seed " + seed);
            if (!model.isEmpty()) {
                assertEquals(model.first(), bits.first(), () -> "seed " + seed);
            }
        }
    }

    @Test
    void holdsEveryNumberThatAPageCanHave() {
        FreeBits bits = new FreeBits();
        bits.add(0x00ff_ffff);
        assertTrue(bits.contains(0x00ff_ffff));
        assertFalse(bits.contains(Integer.MAX_VALUE), "beyond what was ever added");
        assertEquals(0x00ff_ffff, bits.first());
    }
}
