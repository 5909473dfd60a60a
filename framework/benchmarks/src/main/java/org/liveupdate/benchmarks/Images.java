package org.liveupdate.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;

/** What a generation would hand over, without handover memory. */
final class Images {
    private static final String OWNER = "provider";

    private Images() {}

    /** FLBs alone. */
    static Image ofFlbs(int flbs) {
        return image(flbs(flbs, 1), List.of());
    }

    /** One session with files that depend on one FLB. */
    static Image ofFiles(int files) {
        List<ImageModel.FlbEntry> flbs = flbs(1, files);
        List<String> held = List.of(flbs.get(0).name());
        List<ImageModel.FileEntry> entries = new ArrayList<>(files);
        for (int token = 0; token < files; token++) {
            entries.add(new ImageModel.FileEntry(CargoHandler.COMPATIBLE, token, token, held, 0, OWNER));
        }
        return image(flbs, List.of(new ImageModel.SessionEntry("session", entries)));
    }

    static byte[] bytes(Image image) {
        ByteBuffer encoded = ImageEncoder.encode(image);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static List<ImageModel.FlbEntry> flbs(int flbs, long files) {
        return IntStream.range(0, flbs)
                .mapToObj(i -> new ImageModel.FlbEntry(DockFlb.compatible(i), i, files, 0, OWNER)).toList();
    }

    private static Image image(List<ImageModel.FlbEntry> flbs, List<ImageModel.SessionEntry> sessions) {
        return new Image(new ImageModel(1, flbs, sessions), new Moments(1, 2, 3, 4), null);
    }
}
