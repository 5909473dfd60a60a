package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.MemoryState;

/**
 * Writes and reads a small image in the heap, while nothing is frozen yet: a JVM that does it for the first time spends
 * most of that time on loading and checking classes, and would spend it in the blackout.
 */
public final class Rehearsal {
    private static final int ROUNDS = 3;

    private Rehearsal() {}

    /** Rehearses; touches no file and no state. */
    public static void run() {
        List<String> flbs = List.of("rehearsal");
        ImageModel model = new ImageModel(1, List.of(new ImageModel.FlbEntry("rehearsal", 0, 1, 0, "rehearsal")),
                List.of(new ImageModel.SessionEntry("rehearsal",
                        List.of(new ImageModel.FileEntry("rehearsal", 0, 0, flbs, 0, "rehearsal")))));
        Image image = new Image(model, new Moments(0, 0, 0, 0),
                new MemoryState("memory-0000000000000000", 4096, 1, List.of()));
        try {
            for (int i = 0; i < ROUNDS; i++) {
                ByteBuffer bytes = ImageEncoder.encode(image);
                ImageDecoder.decode(bytes.array(), Path.of("rehearsal"));
            }
        } catch (ImageException e) {
            throw new IllegalStateException("this build cannot read what it writes: " + e.getMessage(), e);
        }
    }
}
