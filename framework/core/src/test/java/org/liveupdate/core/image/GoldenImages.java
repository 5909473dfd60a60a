package org.liveupdate.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a golden image of the formats that this build writes, once for each release that changes one. */
final class GoldenImages {
    private GoldenImages() {}

    /** Writes to the file that is named, which must not exist; with a second argument, an image with a resume part. */
    public static void main(String[] arguments) throws IOException {
        Image image = arguments.length > 1 ? ReferenceImage.resumed() : ReferenceImage.image();
        Files.write(Path.of(arguments[0]), ImageEncoder.encode(image).array(), StandardOpenOption.CREATE_NEW);
    }
}
