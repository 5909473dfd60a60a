package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Images that released builds wrote. */
class GoldenImageTest {
    @Test
    void anImageOfVersion1IsRead() throws IOException {
        assertEquals(ReferenceImage.image(), ImageDecoder.decode(golden("v1.image"), Path.of("v1.image")));
    }

    /** As long as this build writes version 1: whoever changes a byte changes a version, and adds an image. */
    @Test
    void version1IsStillWrittenByteForByte() throws IOException {
        assertArrayEquals(golden("v1.image"), ImageEncoder.encode(ReferenceImage.image()).array());
    }

    @Test
    void anImageWithAResumePartOfVersion1IsReadAndStillWrittenByteForByte() throws IOException {
        byte[] golden = golden("resume-v1.image");
        assertEquals(ReferenceImage.resumed(), ImageDecoder.decode(golden, Path.of("resume-v1.image")));
        assertArrayEquals(golden, ImageEncoder.encode(ReferenceImage.resumed()).array());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream stream = GoldenImageTest.class.getResourceAsStream("/golden/" + name)) {
            return stream.readAllBytes();
        }
    }
}
