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
        assertEquals(ReferenceImage.imageOfVersion1(),
                ImageDecoder.decode(golden("v1.image"), Path.of("v1.image")));
    }

    @Test
    void anImageWithAResumePartOfVersion1IsRead() throws IOException {
        assertEquals(ReferenceImage.resumed(ReferenceImage.imageOfVersion1()),
                ImageDecoder.decode(golden("resume-v1.image"), Path.of("resume-v1.image")));
    }

    /** Version 2 says which blocks devices write to. */
    @Test
    void anImageOfVersion2IsRead() throws IOException {
        assertEquals(ReferenceImage.image(), ImageDecoder.decode(golden("v2.image"), Path.of("v2.image")));
    }

    /** As long as this build writes version 2: whoever changes a byte changes a version, and adds an image. */
    @Test
    void version2IsStillWrittenByteForByte() throws IOException {
        assertArrayEquals(golden("v2.image"), ImageEncoder.encode(ReferenceImage.image()).array());
    }

    @Test
    void anImageWithAResumePartOfVersion2IsReadAndStillWrittenByteForByte() throws IOException {
        byte[] golden = golden("resume-v2.image");
        assertEquals(ReferenceImage.resumed(), ImageDecoder.decode(golden, Path.of("resume-v2.image")));
        assertArrayEquals(golden, ImageEncoder.encode(ReferenceImage.resumed()).array());
    }

    @Test
    void anImageWithFreezesOfVersion1IsReadAndStillWrittenByteForByte() throws IOException {
        byte[] golden = golden("freeze-v1.image");
        assertEquals(ReferenceImage.frozen(), ImageDecoder.decode(golden, Path.of("freeze-v1.image")));
        assertArrayEquals(golden, ImageEncoder.encode(ReferenceImage.frozen()).array());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream stream = GoldenImageTest.class.getResourceAsStream("/golden/" + name)) {
            return stream.readAllBytes();
        }
    }
}
