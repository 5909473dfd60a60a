package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Seal;

/** Seals and pins of files on huge pages. After each test every page is free. */
class HugeMemfdSealsTest {

    @TempDir
    Path directory;

    private Generation generation;
    private HugeMemfd file;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory, Map.of(Settings.PAGES, "2M:8"));
        file = generation.create(3);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        file.close();
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void sealsForbidWhatTheySay() throws IOException {
        file.addSeals(Set.of(Seal.GROW));
        assertRefused(Errno.EPERM, () -> file.truncate(4 * MIB_2));
        file.truncate(2 * MIB_2);
        file.addSeals(Set.of(Seal.SHRINK, Seal.WRITE, Seal.SEAL));
        assertRefused(Errno.EPERM, () -> file.truncate(MIB_2));
        assertRefused(Errno.EPERM, () -> file.write(0, some(1)));
        assertRefused(Errno.EPERM, () -> file.addSeals(Set.of(Seal.GROW)));
    }

    @Test
    void theNextVersionAndTheSuccessorHaveThem() throws Exception {
        Held held = Held.preserve(generation, file);
        file.addSeals(Set.of(Seal.SHRINK));
        generation.swap(held);
        assertEquals(Set.of(Seal.SHRINK), held.file.seals());
        held.file.addSeals(Set.of(Seal.SEAL));
        held.freeze();
        generation = generation.next();
        held = held.inheritedBy(generation);
        file = held.retrieve();
        assertEquals(Set.of(Seal.SHRINK, Seal.SEAL), file.seals());
        assertEquals(0, held.finish());
        assertRefused(Errno.EPERM, () -> file.truncate(0));
    }

    @Test
    void sealsThatAreNotKnownHereAreEopnotsupp() throws Exception {
        Held held = Held.preserve(generation, file);
        held.freeze();
        held.scope.region(held.data).putByte(HugeMemfdLayout.SEALS_OFFSET, (byte) 0x10);
        generation = generation.next();
        Held inherited = held.inheritedBy(generation);
        assertRefused(Errno.EOPNOTSUPP, inherited::retrieve);
        assertEquals(0, inherited.finish());
    }

    @Test
    void aPinShowsOneExtentForEachPage() throws IOException {
        try (Pin pin = file.pin(MIB_2 - 10, MIB_2 + 20)) {
            assertEquals(List.of(10L, MIB_2, 10L), pin.extents().stream().map(Extent::length).toList());
            assertRefused(Errno.EBUSY, () -> file.truncate(2 * MIB_2));
            assertRefused(Errno.EBUSY, () -> file.addSeals(Set.of(Seal.WRITE)));
            file.close();
            assertEquals(3, generation.taken());
        }
        assertEquals(0, generation.taken());
    }
}
