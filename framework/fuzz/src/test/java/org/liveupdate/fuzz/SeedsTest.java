package org.liveupdate.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.kho.fdt.FdtReader;
import org.liveupdate.kho.image.ImageException;

/** What the fuzzer starts from is good, so that what it changes is the only thing that is wrong. */
class SeedsTest {
    private static final Path NAME = Path.of("seed.image");

    private static Image load(byte[] seed) throws ImageException {
        return ImageDecoder.decode(RawImage.unpack(seed, ImageTarget.PAGES_OFFSET, null, 1), NAME);
    }

    @Test
    void imagesAreLoadedAndDifferFromEachOther() throws ImageException {
        Set<Image> images = new HashSet<>();
        for (byte[] seed : Seeds.of(Target.IMAGE)) {
            assertTrue(images.add(load(seed)));
        }
        assertTrue(images.stream().anyMatch(image -> image.memory() != null && !image.memory().scopes().isEmpty()));
        assertTrue(images.stream().anyMatch(image -> !image.model().flbs().isEmpty()));
        assertTrue(images.stream().anyMatch(image -> image.model().resume() != null));
    }

    @Test
    void treesAreRead() throws Exception {
        for (byte[] seed : Seeds.of(Target.DEVICE_TREE)) {
            assertEquals("", FdtReader.read(seed).name());
        }
    }

    @Test
    void packedPagesComeBack() {
        for (byte[] seed : Seeds.of(Target.IMAGE)) {
            byte[] image = RawImage.unpack(seed, ImageTarget.PAGES_OFFSET, null, 1);
            assertArrayEquals(Arrays.copyOfRange(seed, ImageTarget.PAGES_OFFSET, seed.length), RawImage.pack(image, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seedsAreTheSameInEveryRunAndShortEnough(Target target) {
        List<byte[]> seeds = Seeds.of(target);
        assertFalse(seeds.isEmpty());
        assertEquals(digests(seeds), digests(Seeds.of(target)));
        assertTrue(seeds.stream().allMatch(seed -> seed.length <= target.longestInputBytes()));
    }

    private static List<Integer> digests(List<byte[]> seeds) {
        return seeds.stream().map(Arrays::hashCode).collect(Collectors.toList());
    }
}
