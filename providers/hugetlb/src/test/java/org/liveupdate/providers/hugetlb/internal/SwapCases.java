package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Side;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/**
 * Another version of the provider takes over, whatever backs the files. After each test every page is free, and counted
 * nowhere.
 */
abstract class SwapCases {

    private static final byte[] TWO_PAGES = some(2 * (int) MIB_2).array();

    @TempDir
    Path directory;

    Generation generation;

    /** What backs the files. */
    abstract Map<String, String> backing();

    @BeforeEach
    void create() throws IOException {
        Map<String, String> properties = new HashMap<>(backing());
        properties.put(Settings.PAGES, "2M:8");
        generation = Generation.first(directory, properties);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages(), () -> generation.memory.statistics().toString());
        generation.close();
    }

    HugeMemfd written() throws IOException {
        HugeMemfd file = generation.create(2);
        file.write(some(TWO_PAGES.length));
        return file;
    }

    private Held handOver(Held held) throws Exception {
        held.freeze();
        generation = generation.next();
        return held.inheritedBy(generation);
    }

    @Test
    void aPreservedFileHasTheSameBytesSizePositionAndPages() throws Exception {
        HugeMemfd old = written();
        String where = old.backing();
        Held held = Held.preserve(generation, old);
        old.write(MIB_2, some(1_000));
        old.position(77);
        byte[] expected = Bytes.read(old);
        Hugetlb before = generation.swap(held);
        HugeMemfd fresh = held.file;
        assertEquals(0, before.counts().taken(PageSize.ofBytes(MIB_2)));
        assertEquals(2, generation.taken());
        assertEquals(2, generation.flbs.pages(Side.OUTGOING, MIB_2));
        before.stop();
        assertEquals(where, fresh.backing());
        assertEquals(77, fresh.position());
        assertArrayEquals(expected, Bytes.read(fresh));
        assertRefused(Errno.EPERM, () -> fresh.truncate(0));
        assertEquals(0, held.unpreserve());
        fresh.truncate(3 * MIB_2);
        fresh.close();
    }

    @Test
    void theSuccessorGetsWhatTheLastOfManyVersionsServed() throws Exception {
        Held held = Held.preserve(generation, written());
        for (int version = 0; version < 10; version++) {
            generation.swap(held).stop();
        }
        held.file.write(0, some(1_000));
        held.file.position(78);
        byte[] expected = Bytes.read(held.file);
        held = handOver(held);
        HugeMemfd retrieved = held.retrieve();
        assertEquals(78, retrieved.position());
        assertArrayEquals(expected, Bytes.read(retrieved));
        assertEquals(0, held.finish());
        retrieved.close();
    }

    @Test
    void aRetrievedFileIsCountedByTheFlbUntilItIsFinished() throws Exception {
        Held held = handOver(Held.preserve(generation, written()));
        held.retrieve().position(5);
        generation.swap(held).stop();
        HugeMemfd fresh = held.file;
        assertEquals(2, generation.flbs.pages(Side.INCOMING, MIB_2));
        assertEquals(0, generation.taken());
        assertRefused(Errno.ENOMEM, () -> generation.create(7));
        assertEquals(5, fresh.position());
        assertArrayEquals(TWO_PAGES, Bytes.visited(fresh));
        assertEquals(0, held.finish());
        assertEquals(2, generation.taken());
        fresh.truncate(3 * MIB_2);
        fresh.close();
    }

    @Test
    void whenTheNewVersionFailsTheOldOneCountsEachPageOnce() throws Exception {
        HugeMemfd ordinary = written();
        Held held = Held.preserve(generation, written());
        Hugetlb old = generation.swap(held);
        Hugetlb failed = generation.hugetlb;
        generation.move(old, held);
        failed.stop();
        assertEquals(4, generation.taken());
        assertArrayEquals(TWO_PAGES, Bytes.read(held.file));
        ordinary.truncate(3 * MIB_2);
        Held other = Held.preserve(generation, ordinary);
        assertEquals(5, generation.flbs.pages(Side.OUTGOING, MIB_2));
        assertEquals(0, other.unpreserve());
        assertEquals(0, held.unpreserve());
        ordinary.close();
        held.file.close();
    }

    @Test
    void theOldObjectIsEnodevAndClosingItDoesNothing() throws Exception {
        HugeMemfd old = written();
        Held held = Held.preserve(generation, old);
        generation.swap(held).stop();
        assertRefused(Errno.ENODEV, old::size);
        assertRefused(Errno.ENODEV, () -> Bytes.read(old));
        assertRefused(Errno.ENODEV, () -> old.write(0, some(1)));
        assertEquals(0, old.pages());
        old.close();
        assertEquals(0, held.unpreserve());
        assertArrayEquals(TWO_PAGES, Bytes.read(held.file));
        held.file.close();
    }

    @Test
    void aVisitUnderWaySeesNoFurtherPieceThoughThePagesAreFreed() throws Exception {
        HugeMemfd old = written();
        Held held = Held.preserve(generation, old);
        int[] pieces = {0};
        assertRefused(Errno.ENODEV, () -> old.visit(view -> {
            pieces[0]++;
            replaceAndFree(held);
        }));
        assertEquals(1, pieces[0]);
    }

    private void replaceAndFree(Held held) throws IOException {
        try {
            generation.swap(held).stop();
            held.file.close();
            assertEquals(0, held.unpreserve());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void aFileThatItsUserHadClosedIsKeptByTheSessionAlone() throws Exception {
        HugeMemfd old = written();
        Held held = Held.preserve(generation, old);
        old.close();
        generation.swap(held).stop();
        generation.swap(held).stop();
        assertTrue(generation.pages() > 0, "the session has it");
        assertEquals(0, held.unpreserve());
        assertEquals(0, generation.taken());
    }

    @Test
    void aRetrievedFileThatItsUserClosedGoesWithTheFinish() throws Exception {
        Held held = handOver(Held.preserve(generation, written()));
        held.retrieve().close();
        generation.swap(held).stop();
        assertEquals(0, held.finish());
        assertEquals(0, generation.taken());
    }
}
