package org.liveupdate.core.luo;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;
import org.liveupdate.kho.image.ImageException;

/** Sends an image through its bytes, as a real handover does. */
final class TraceImages {
    private TraceImages() {}

    static ImageModel throughBytes(ImageModel model) {
        ByteBuffer bytes = ImageEncoder.encode(new Image(model, new Moments(1, 2, 3, 4), null));
        try {
            return ImageDecoder.decode(bytes.array(), Path.of("trace.image")).model();
        } catch (ImageException e) {
            throw new UncheckedIOException(e);
        }
    }
}
