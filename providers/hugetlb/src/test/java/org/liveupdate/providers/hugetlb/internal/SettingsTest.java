package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final SortedSet<PageSize> SIZES =
            new TreeSet<>(List.of(PageSize.parse("2M"), PageSize.parse("1G")));

    @TempDir
    Path sysfs;

    @Test
    void everySizeHasAPoolByDefault() {
        Settings settings = Settings.read(Map.<String, String>of()::get, SIZES);
        assertEquals(Map.of(PageSize.parse("2M"), 4096L, PageSize.parse("1G"), 8L), settings.limits());
        assertNull(settings.mount());
    }

    @Test
    void poolsAndMountAreConfigured() {
        Map<String, String> properties = Map.of(Settings.PAGES, " 2M:16, 1G:0 ", Settings.MOUNT, " /huge ");
        Settings settings = Settings.read(properties::get, SIZES);
        assertEquals(Map.of(PageSize.parse("2M"), 16L, PageSize.parse("1G"), 0L), settings.limits());
        assertEquals(Path.of("/huge"), settings.mount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2M", "2M:", "2M:x", "2M:-1", "3M:1", "4M:1", ":", "2M:1:1", "2M:1,", "2M=1", "0G:1"})
    void nonsenseIsNamedWithTheProperty(String pages) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Settings.read(Map.of(Settings.PAGES, pages)::get, SIZES));
        assertTrue(e.getMessage().startsWith(Settings.PAGES + ": expected a list like 2M:512,1G:2"), e.getMessage());
    }

    @Test
    void pageSizesAndFreePagesAreReadFromTheSystem() throws IOException {
        for (String size : List.of("64", "2048", "32768", "1048576", "16777216")) {
            Path directory = Files.createDirectory(sysfs.resolve("hugepages-" + size + "kB"));
            Files.writeString(directory.resolve("free_hugepages"), "12\n");
            Files.writeString(directory.resolve("resv_hugepages"), "2\n");
        }
        Files.createDirectory(sysfs.resolve("hugepages-nonsensekB"));
        Files.createDirectory(sysfs.resolve("something else"));
        SystemPageSizes system = new SystemPageSizes(sysfs);
        assertEquals("[64 KiB, 2 MiB, 32 MiB, 1 GiB]", system.read().toString(), "16 GiB is no block");
        assertEquals(OptionalLong.of(10), system.free(PageSize.parse("2M")));
        assertEquals(OptionalLong.empty(), system.free(PageSize.parse("4M")));
    }

    @Test
    void withoutASystemThereAreTwoMebibytesAndOneGibibyte() {
        assertEquals("[2 MiB, 1 GiB]", new SystemPageSizes(sysfs.resolve("missing")).read().toString());
        assertEquals("[2 MiB, 1 GiB]", new SystemPageSizes(sysfs).read().toString());
    }

    @Test
    void aPageSizeIsAPowerOfTwoFromTwoPagesToOneGibibyte() {
        assertEquals(9, PageSize.ofBytes(2 << 20).order());
        assertEquals(3, PageSize.parse("2M").pagesFor((4 << 20) + 1));
        for (long bytes : new long[]{0, -1, 4096, 3 << 20, 2L << 30, Long.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> PageSize.ofBytes(bytes));
        }
    }
}
