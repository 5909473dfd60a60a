package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of image files: {@code image-<number>.<state>}, while being written {@code image-<number>.new}. */
final class ImageNames {

    /** Numbers have no leading zeros, so that one number has one name, and fit a long. */
    private static final Pattern NAME = Pattern.compile("image-(0|[1-9][0-9]{0,17})\\.([a-z-]+)");
    private static final String UNFINISHED = "new";

    private ImageNames() {}

    static Path path(Path directory, long number, StoredImage.State state) {
        return directory.resolve(name(number, state.suffix()));
    }

    static Path unfinished(Path directory, long number) {
        return directory.resolve(name(number, UNFINISHED));
    }

    static boolean isUnfinished(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() && matcher.group(2).equals(UNFINISHED);
    }

    /** The image that a file of this name is; nothing if it is none. */
    static Optional<StoredImage> parse(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (matcher.matches()) {
            for (StoredImage.State state : StoredImage.State.values()) {
                if (state.suffix().equals(matcher.group(2))) {
                    return Optional.of(new StoredImage(Long.parseLong(matcher.group(1)), state, file));
                }
            }
        }
        return Optional.empty();
    }

    /** All images in a directory, by number and state. */
    static List<StoredImage> list(Path directory) throws IOException {
        List<StoredImage> images = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "image-*")) {
            for (Path file : files) {
                parse(file).ifPresent(images::add);
            }
        }
        images.sort(Comparator.comparingLong(StoredImage::number).thenComparing(StoredImage::state));
        return images;
    }

    private static String name(long number, String suffix) {
        if (number < 0 || number > 999_999_999_999_999_999L) {
            throw new IllegalArgumentException("an image has a number of 0 to 999999999999999999, not " + number);
        }
        return "image-" + number + '.' + suffix;
    }
}
