package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Generation.GIB_1;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugePagePool;

/** Files of other providers take from the pool of 8 pages that huge memfds take from. */
class HugePagePoolTest {

    @TempDir
    Path directory;

    private Generation generation;
    private HugePagePool pool;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory, Map.of(Settings.PAGES, "2M:8,1G:0"));
        pool = new HugePagePoolComponent(generation.hugetlb, generation.flbs.service());
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void whatIsTakenHereIsNotThereForHugeMemfdsAndTheOtherWayRound() throws Exception {
        assertEquals(List.of(MIB_2, GIB_1), pool.pageSizes());
        pool.take(MIB_2, 5);
        assertRefused(Errno.ENOMEM, () -> generation.create(4));
        try (HugeMemfd file = generation.create(3)) {
            assertRefused(Errno.ENOMEM, () -> pool.take(MIB_2, 1));
            assertEquals(3, file.pages());
        }
        pool.take(MIB_2, 3);
        pool.giveBack(MIB_2, 8);
        assertRefused(Errno.ENOMEM, () -> pool.take(GIB_1, 1));
    }

    @Test
    void pagesInUseAreAdoptedBeyondTheLimit() throws Exception {
        pool.adopt(MIB_2, 10);
        assertRefused(Errno.ENOMEM, () -> pool.take(MIB_2, 1));
        pool.take(MIB_2, 0);
        pool.giveBack(MIB_2, 9);
        pool.take(MIB_2, 7);
        pool.giveBack(MIB_2, 8);
    }

    @Test
    void thoseOfThePreviousGenerationAreLeftAlone() throws Exception {
        Held held = Held.preserve(generation, generation.create(5));
        held.freeze();
        generation = generation.next();
        pool = new HugePagePoolComponent(generation.hugetlb, generation.flbs.service());
        assertRefused(Errno.ENOMEM, () -> pool.take(MIB_2, 4));
        pool.take(MIB_2, 3);
        assertEquals(0, held.inheritedBy(generation).finish());
        pool.take(MIB_2, 5);
        pool.giveBack(MIB_2, 8);
    }

    @Test
    void anotherPageSizeOrANegativeNumberIsEinval() {
        assertRefused(Errno.EINVAL, () -> pool.take(4 * MIB_2, 1));
        assertRefused(Errno.EINVAL, () -> pool.take(MIB_2, -1));
        pool.adopt(4 * MIB_2, 1);
        pool.giveBack(4096, 1);
    }
}
