package org.liveupdate.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the golden image of the formats that this build writes, once for each release that changes one. */
final class GoldenImages {
    private GoldenImages() {}

    /** Writes to the file that is named; it must not exist. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), ImageEncoder.encode(ReferenceImage.image()).array(),
                StandardOpenOption.CREATE_NEW);
    }
}
