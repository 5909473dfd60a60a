package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Bytes.some;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Side;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** Huge memfds on real huge pages. After each test every page of both kinds is free, and the mount is empty. */
class MountTest {

    @TempDir
    static Path mount;

    private static RealHugePages real;

    @TempDir
    Path directory;

    private Map<String, String> properties;
    private Generation generation;

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

    @BeforeEach
    void create() throws IOException {
        properties = Map.of(Settings.PAGES, "2M:32", Settings.MOUNT, mount.toString());
        generation = Generation.first(directory, properties);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages());
        generation.close();
        assertEquals(List.of(), names());
        assertEquals(RealHugePages.PAGES, RealHugePages.freeAtLast());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(mount)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private HugeMemfd written(int pages) throws IOException {
        HugeMemfd file = generation.create(pages);
        assertEquals("hugetlbfs at " + mount, file.backing());
        file.write(some(pages * (int) MIB_2));
        return file;
    }

    @Test
    void aFileIsAPrivateFileOnTheMount() throws IOException {
        assertEquals("hugetlbfs at " + mount + " for pages of 2 MiB, else ordinary pages of handover memory",
                generation.factory().backing());
        try (HugeMemfd file = written(3)) {
            assertEquals(1, names().size());
            Path path = mount.resolve(names().get(0));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(3 * MIB_2, Files.size(path));
            assertEquals(RealHugePages.PAGES - 3, RealHugePages.free());
            assertEquals(3, generation.taken());
            assertEquals(0, generation.pages(), "ordinary pages");
            assertArrayEquals(some(3 * (int) MIB_2).array(), Bytes.read(file));
            assertArrayEquals(some(3 * (int) MIB_2).array(), Bytes.visited(file));
        }
        assertEquals(List.of(), names());
        assertEquals(RealHugePages.PAGES, RealHugePages.free());
    }

    @Test
    void growsAndShrinksLikeAnyOther() throws IOException {
        try (HugeMemfd file = written(1)) {
            file.truncate(3 * MIB_2);
            assertEquals(RealHugePages.PAGES - 3, RealHugePages.free());
            file.write(2 * MIB_2, some(100));
            file.truncate(MIB_2);
            assertEquals(RealHugePages.PAGES - 1, RealHugePages.free());
            assertArrayEquals(some((int) MIB_2).array(), Bytes.read(file));
            file.truncate(3 * MIB_2);
            ByteBuffer zeros = ByteBuffer.allocate(100);
            assertEquals(100, file.read(2 * MIB_2, zeros));
            assertArrayEquals(new byte[100], zeros.array());
            assertRefused(Errno.ENOMEM, () -> file.truncate((RealHugePages.PAGES + 1) * MIB_2));
            assertEquals(3 * MIB_2, file.size());
            assertEquals(3, generation.taken());
            file.write(some(100));
            file.truncate(0);
            assertEquals(RealHugePages.PAGES, RealHugePages.free());
        }
    }

    @Test
    void theirBytesHaveNoAddressAndCannotBePinned() throws IOException {
        try (HugeMemfd file = written(1)) {
            assertRefused(Errno.EOPNOTSUPP, () -> file.pin(0, 1));
            file.truncate(0);
        }
    }

    @Test
    void theMountChangesOnlyWhileNoFileIsOnIt() throws IOException {
        Map<String, String> without = Map.of(Settings.PAGES, "2M:1");
        try (HugeMemfd file = written(1)) {
            IOException e = assertThrows(IOException.class, () -> generation.hugetlb.configure(without::get));
            assertTrue(e.getMessage().contains("expected " + mount), e.getMessage());
            generation.hugetlb.configure(properties::get);
            file.truncate(2 * MIB_2);
        }
        generation.hugetlb.configure(without::get);
        try (HugeMemfd file = generation.create(1)) {
            assertEquals("ordinary pages of handover memory", file.backing());
        }
        generation.hugetlb.configure(properties::get);
        written(1).close();
    }

    @Test
    void withoutFreeRealPagesThereAreOrdinaryOnes() throws IOException {
        try (HugeMemfd most = written(RealHugePages.PAGES - 1);
                HugeMemfd next = generation.create(2)) {
            assertEquals("ordinary pages of handover memory", next.backing());
            assertEquals(2 * 512, generation.pages());
            assertEquals(RealHugePages.PAGES + 1, generation.taken());
            assertEquals(1, names().size(), most.backing());
        }
    }

    @Test
    void theSuccessorMapsTheSameFile() throws Exception {
        HugeMemfd file = written(3);
        file.position(42);
        Held held = Held.preserve(generation, file);
        assertTrue(MountNames.isKept(names().get(0)), names().get(0));
        assertEquals(2, generation.pages(), "the two records");
        held.freeze();
        assertRefused(Errno.EBUSY, () -> file.write(0, some(1)));
        generation = generation.next();
        assertEquals(3, generation.flbs.pages(Side.INCOMING, MIB_2));
        held = held.inheritedBy(generation);
        HugeMemfd retrieved = held.retrieve();
        assertEquals(42, retrieved.position());
        assertArrayEquals(some(3 * (int) MIB_2).array(), Bytes.visited(retrieved));
        assertRefused(Errno.EPERM, () -> retrieved.truncate(0));
        assertEquals(RealHugePages.PAGES - 3, RealHugePages.free());
        assertEquals(0, held.finish());
        assertTrue(MountNames.isLive(names().get(0)), names().get(0));
        assertEquals(0, generation.pages());
        retrieved.truncate(4 * MIB_2);

        Held again = Held.preserve(generation, retrieved);
        again.freeze();
        generation = generation.next();
        again = again.inheritedBy(generation);
        assertEquals(4 * MIB_2, again.retrieve().size());
        assertEquals(0, again.finish());
        again.file.close();
    }

    @Test
    void finishingWithoutRetrievingDeletesTheFile() throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        generation = generation.next();
        assertEquals(0, held.inheritedBy(generation).finish());
        assertEquals(List.of(), names());
    }

    @Test
    void unpreservingMakesTheFileOrdinaryAgain() throws Exception {
        HugeMemfd file = written(2);
        List<String> before = names();
        Held held = Held.preserve(generation, file);
        assertEquals(0, held.unpreserve());
        assertEquals(before, names());
        file.truncate(3 * MIB_2);
        file.close();
    }

    @Test
    void aFileClosedByItsUserIsKeptByTheSession() throws Exception {
        HugeMemfd file = written(2);
        Held held = Held.preserve(generation, file);
        file.close();
        assertEquals(1, names().size());
        assertEquals(0, held.unpreserve());
        assertEquals(List.of(), names());
    }

    @Test
    void orphansAreDeletedAtTheStartAndWhatAnImageRefersToIsNot() throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        String orphan = "0123456789abcdef".repeat(2);
        Files.createFile(mount.resolve(orphan + ".live"));
        Files.createFile(mount.resolve(orphan + "-" + orphan + ".kept"));
        Files.createFile(mount.resolve("somebody else's"));
        String kept = names().stream().filter(MountNames::isKept).filter(name -> !name.startsWith(orphan)).findAny()
                .orElseThrow();
        generation = generation.next();
        generation.flbs.absent = true;
        generation.factory();
        assertEquals(4, names().size(), "what images refer to is not known yet");
        generation.flbs.absent = false;
        HugeMemfd other = generation.create(1);
        assertEquals(3, names().size());
        assertTrue(names().containsAll(List.of(kept, "somebody else's")), names().toString());
        held = held.inheritedBy(generation);
        assertArrayEquals(some(2 * (int) MIB_2).array(), Bytes.read(held.retrieve()));
        assertEquals(0, held.finish());
        other.close();
        held.file.close();
        Files.delete(mount.resolve("somebody else's"));
    }

    @Test
    void withoutAnImageNothingPreservedIsKept() throws Exception {
        Held held = Held.preserve(generation, written(2));
        generation.memory.close();
        generation = Generation.first(directory, properties);
        generation.factory();
        assertEquals(List.of(), names());
        assertTrue(held.file.size() > 0, "the old mapping does no harm");
    }

    @Test
    void whenTheBundleStopsOrdinaryFilesGoAndPreservedOnesStay() throws Exception {
        HugeMemfd ordinary = written(1);
        Held held = Held.preserve(generation, written(2));
        generation.hugetlb.stop();
        assertEquals(1, names().size());
        assertEquals(0, ordinary.read(ByteBuffer.allocate(0)));
        ordinary.close();
        assertEquals(0, held.unpreserve());
        held.file.close();
    }

    @Test
    void aSuccessorWithoutTheMountSaysWhatIsMissing() throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        generation = generation.next(Map.of());
        Held inherited = held.inheritedBy(generation);
        assertRefused(Errno.ENODEV, inherited::retrieve);
        assertEquals(0, inherited.finish());
        assertEquals(1, names().size());
        generation.close();
        generation = Generation.first(directory, properties);
        generation.factory();
    }

    @Test
    void aMountWhereEverybodyMayReplaceFilesIsNotUsed() throws Exception {
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(mount);
        try {
            Files.setPosixFilePermissions(mount, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertNull(new Hugetlb(properties::get, SystemPageSizes.SYSFS).mount());
        } finally {
            Files.setPosixFilePermissions(mount, before);
        }
    }

    @Test
    void aNameOrSizeThatIsNotTheFilesIsEinval() throws Exception {
        Held held = Held.preserve(generation, written(2));
        held.freeze();
        held.scope.region(held.data).putByte(HugeMemfdLayout.NAME_OFFSET, (byte) '/');
        Held other = Held.preserve(generation, written(1));
        other.freeze();
        other.scope.region(other.data).putLong(HugeMemfdLayout.SIZE_OFFSET, 2 * MIB_2);
        generation = generation.next();
        Held badName = held.inheritedBy(generation);
        assertRefused(Errno.EINVAL, badName::retrieve);
        Held badSize = other.inheritedBy(generation);
        assertRefused(Errno.EINVAL, badSize::retrieve);
        assertEquals(2, names().size());
        assertEquals(0, badName.finish());
        assertEquals(0, badSize.finish());
        assertEquals(1, names().size(), "the name was not to be read");
        generation.close();
        generation = Generation.first(directory, properties);
        generation.factory();
    }
}
