package org.liveupdate.inspector;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.liveupdate.core.image.Formats;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Survey;
import org.liveupdate.inspector.ImageReport.Kind;
import org.liveupdate.inspector.ImageReport.Layout;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageRemains;
import org.liveupdate.kho.image.TrailerFields;

/** Reads an image of this project as far as it goes. */
final class OwnImage {
    private static final String UNVERIFIED =
            "whether what is shown is what was written: the image as a whole is corrupt, nothing vouches for its parts";
    private static final String OTHER_VERSION =
            "what is in it: the image is of a version that this build does not read";

    private final Path path;
    private final byte[] bytes;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private OwnImage(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /**
     * What an image says.
     *
     * @param path
     *            what it is called
     * @param state
     *            as {@link ImageReport#state()}
     * @param bytes
     *            the whole file; not copied
     */
    static ImageReport read(Path path, String state, byte[] bytes) {
        return new OwnImage(path, bytes).report(state);
    }

    private ImageReport report(String state) {
        Optional<ImageReader> reader = reader();
        Image image = new Image(new ImageModel(0, List.of(), List.of()), null, null);
        List<Layout> layouts = List.of();
        if (reader.isPresent()) {
            Survey survey = ImageDecoder.survey(reader.get());
            survey.faults().forEach(fault -> faults.add(Fault.of(fault)));
            image = survey.image();
            layouts = layouts(reader.get().tree());
        }
        return new ImageReport(Kind.IMAGE, path, bytes.length, state, TrailerFields.of(bytes), layouts, image.model(),
                Optional.ofNullable(image.moments()), Optional.ofNullable(image.memory()), faults, unknown);
    }

    private Optional<ImageReader> reader() {
        try {
            return Optional.of(ImageReader.open(bytes, path));
        } catch (ImageException e) {
            faults.add(Fault.of(e));
            if (e.kind() != ImageException.Kind.CORRUPT) {
                unknown.add(OTHER_VERSION);
                return Optional.empty();
            }
        }
        try {
            ImageReader reader = ImageRemains.open(bytes, path);
            unknown.add(UNVERIFIED);
            return Optional.of(reader);
        } catch (ImageException e) {
            faults.add(Fault.of(e));
            return Optional.empty();
        }
    }

    private static List<Layout> layouts(FdtNode root) {
        List<Layout> layouts = new ArrayList<>();
        layouts.add(layout("/", root));
        root.children().forEach(node -> layouts.add(layout("/" + node.name(), node)));
        return layouts;
    }

    private static Layout layout(String name, FdtNode node) {
        try {
            String compatible = node.string("compatible");
            return new Layout(name, compatible, Formats.capabilities().contains("format " + compatible));
        } catch (FdtException e) {
            return new Layout(name, "", false);
        }
    }
}
