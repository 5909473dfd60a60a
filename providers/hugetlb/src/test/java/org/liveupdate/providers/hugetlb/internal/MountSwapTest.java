package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** On real huge pages. After each test the mount is empty, too. */
class MountSwapTest extends SwapCases {

    @TempDir
    static Path mount;

    private static RealHugePages real;

    @BeforeAll
    static void mount() throws Exception {
        real = RealHugePages.mount(mount);
    }

    @AfterAll
    static void unmount() throws Exception {
        if (real != null) {
            real.close();
        }
    }

    @Override
    Map<String, String> backing() {
        return Map.of(Settings.MOUNT, mount.toString());
    }

    @AfterEach
    void theMountIsEmpty() throws IOException {
        assertEquals(List.of(), names());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(mount)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aNewVersionLeavesTheOrdinaryFilesOfTheOldOneAlone() throws Exception {
        HugeMemfd ordinary = written();
        List<String> before = names();
        Hugetlb old = generation.swap();
        assertEquals(before, names());
        ordinary.truncate(3 * MIB_2);
        ordinary.close();
        old.stop();
    }

    @Test
    void whoeverLeftWithoutDetachingTouchesNoPageThatTheNextOneMayCut() throws Exception {
        HugeMemfd revoked = written();
        Held held = Held.preserve(generation, revoked);
        generation.revoke(held);
        assertRefused(Errno.ENODEV, () -> Bytes.read(revoked));
        assertRefused(Errno.ENODEV, () -> revoked.write(0, some(1)));
        assertArrayEquals(some(2 * (int) MIB_2).array(), Bytes.read(held.file));
        assertEquals(0, held.unpreserve());
        held.file.close();
    }
}
