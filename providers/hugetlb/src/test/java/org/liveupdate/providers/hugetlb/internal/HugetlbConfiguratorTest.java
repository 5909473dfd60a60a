package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.hugetlb.internal.Bytes.assertRefused;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** Pools whose size changes while files are in use. The framework properties say 8 pages of 2 MiB. */
class HugetlbConfiguratorTest {

    private static final Map<String, String> PROPERTIES = Map.of(Settings.PAGES, "2M:8");

    @TempDir
    Path directory;

    private Generation generation;
    private HugetlbConfigurator configurator;

    @BeforeEach
    void create() throws IOException {
        generation = Generation.first(directory, PROPERTIES);
        configurator = new HugetlbConfigurator(generation.hugetlb, PROPERTIES::get);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        assertEquals(0, generation.taken());
        assertEquals(0, generation.pages());
        generation.close();
    }

    private record Configuration(String mount, String... pages) implements HugetlbConfiguration {

        @Override
        public Class<? extends Annotation> annotationType() {
            return HugetlbConfiguration.class;
        }
    }

    private void assertPoolHas(long pages) throws IOException {
        generation.create(pages).close();
        assertRefused(Errno.ENOMEM, () -> generation.create(pages + 1));
    }

    @Test
    void aConfiguredPoolHasThatSizeAndAnUnconfiguredOneThatOfTheProperty() throws IOException {
        assertPoolHas(8);
        configurator.modified(new Configuration("", "1G:0", "2M:3"));
        assertPoolHas(3);
        configurator.modified(new Configuration(""));
        assertPoolHas(8);
    }

    @Test
    void aSmallerPoolTakesNoPageAwayFromAFile() throws IOException {
        try (HugeMemfd file = generation.create(5)) {
            configurator.modified(new Configuration("", "2M:2"));
            assertRefused(Errno.ENOMEM, () -> generation.create(1));
            assertEquals(5, file.pages());
            file.truncate(MIB_2);
            generation.create(1).close();
        }
    }

    @Test
    void whatIsWrongIsRefusedAndTheConfigurationBeforeItKept() throws IOException {
        configurator.modified(new Configuration("", "2M:3"));
        configurator.modified(new Configuration("", "2M:many"));
        assertPoolHas(3);
        configurator.modified(new Configuration(directory.toString(), "2M:5"));
        assertPoolHas(3);
        configurator.modified(new Configuration(directory.resolve("missing").toString(), "2M:5"));
        assertPoolHas(3);
        configurator.modified(new Configuration("", "2M:5"));
        assertPoolHas(5);
    }

    @ParameterizedTest
    @CsvSource({"2M:x, expected 0 to 4194304 pages", "2M:-1, expected 0 to 4194304 pages",
            "2M:4194305, expected 0 to 4194304 pages", "1G:8193, expected 0 to 8192 pages",
            "4M:1, 'expected pages of one of [2 MiB, 1 GiB]'"})
    void theRefusalTellsWhatIsAllowed(String pages, String allowed) {
        String message = assertThrows(IllegalArgumentException.class,
                () -> generation.hugetlb.configure(Map.of(Settings.PAGES, pages)::get)).getMessage();
        assertTrue(message.contains(allowed), message);
    }
}
