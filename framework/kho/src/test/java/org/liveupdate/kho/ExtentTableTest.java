package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtentTableTest {

    @Test
    void behavesLikeAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ExtentTable table = new ExtentTable();
        Map<Integer, Extent> model = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            int page = random.nextInt(step % 60_000 < 30_000 ? 5_000 : 300) * (1 + random.nextInt(2) * 4096);
            assertSame(model.get(page), table.get(page), () -> "seed " + seed);
            if (model.containsKey(page)) {
                table.remove(model.remove(page));
            } else {
                Extent extent = new Extent(page, 0, false);
                table.put(extent);
                model.put(page, extent);
            }
            assertEquals(model.size(), table.size(), () -> "seed " + seed);
        }
        model.forEach((page, extent) -> assertSame(extent, table.get(page), () -> "seed " + seed));
    }
}
