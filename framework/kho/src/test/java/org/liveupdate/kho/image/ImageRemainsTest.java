package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.kho.fdt.FdtNode;

/** What is left of a corrupt image, and what its trailer says. */
class ImageRemainsTest {
    private static final Path NAME = Path.of("image-1.committed");
    private static final int TRAILER = 64;

    private static byte[] image() {
        ImageWriter writer = new ImageWriter();
        writer.newPage().putLong(7);
        writer.newPage().putLong(8);
        ByteBuffer image = writer.finish(FdtNode.root().setString("compatible", "some-v1"));
        return Arrays.copyOf(image.array(), image.limit());
    }

    @Test
    void theTrailerIsShownAsItStandsThere() {
        byte[] image = image();
        TrailerFields good = TrailerFields.of(image).orElseThrow();
        assertEquals(good.checksum(), good.actualChecksum());
        assertEquals(image.length, good.length());
        assertEquals(4096, good.treeBytes());

        image[5000] ^= 1;

        TrailerFields bad = TrailerFields.of(image).orElseThrow();
        assertEquals(good.checksum(), bad.checksum());
        assertTrue(bad.checksum() != bad.actualChecksum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 5000})
    void withoutMagicThereIsNoTrailer(int length) {
        assertTrue(TrailerFields.of(new byte[length]).isEmpty());
    }

    @Test
    void aWrongChecksumDoesNotHideThePages() throws Exception {
        byte[] image = image();
        image[image.length - 1] ^= 1;
        assertThrows(ImageException.class, () -> ImageReader.open(image, NAME));

        ImageReader remains = ImageRemains.open(image, NAME);

        assertEquals("some-v1", remains.tree().string("compatible"));
        assertEquals(8, remains.page(2 * 4096).getLong(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {TRAILER, TRAILER + 1, 4096, 4096 + TRAILER})
    void whatWasCutOffIsMissing(int cut) throws Exception {
        byte[] image = image();

        ImageReader remains = ImageRemains.open(Arrays.copyOf(image, image.length - cut), NAME);

        assertEquals(7, remains.page(4096).getLong(0));
        assertEquals(cut > TRAILER ? 1 : 2, remains.pages());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095})
    void lessThanATreeIsRefused(int length) {
        byte[] image = Arrays.copyOf(image(), length);

        assertThrows(ImageException.class, () -> ImageRemains.open(image, NAME));
    }

    @Test
    void aTreeThatIsLongerThanTheFileIsRefused() {
        byte[] image = image();
        ByteBuffer.wrap(image).putInt(4, Integer.MAX_VALUE);

        assertThrows(ImageException.class, () -> ImageRemains.open(image, NAME));
    }
}
