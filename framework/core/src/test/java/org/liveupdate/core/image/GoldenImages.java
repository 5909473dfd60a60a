package org.liveupdate.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a golden image of the formats that this build writes, once for each release that changes one. */
final class GoldenImages {
    private GoldenImages() {}

    /** Writes to the file that is named, which must not exist; {@code resume} or {@code freeze}: with that part. */
    public static void main(String[] arguments) throws IOException {
        Image image = switch (arguments.length > 1 ? arguments[1] : "") {
            case "resume" -> ReferenceImage.resumed();
            case "freeze" -> ReferenceImage.frozen();
            default -> ReferenceImage.image();
        };
        Files.write(Path.of(arguments[0]), ImageEncoder.encode(image).array(), StandardOpenOption.CREATE_NEW);
    }
}
