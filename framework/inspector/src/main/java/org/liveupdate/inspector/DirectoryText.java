package org.liveupdate.inspector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.inspector.DirectoryReport.OtherFile;
import org.liveupdate.kho.image.StoredImage;

/** What is in a directory, for people and as a value that {@link JsonText} writes. */
final class DirectoryText {
    private static final String LOCKS = "who holds the locks: looking at a lock file can release it";

    private DirectoryText() {}

    static String of(DirectoryReport directory) {
        Outline outline = new Outline().line(0, Plain.text(directory.where()));
        outline.row(1, "directory", directory.sentence());
        if (directory.others().stream().anyMatch(file -> file.name().endsWith(".lock"))) {
            outline.row(1, "not known", LOCKS);
        }
        outline.line(1, "files:");
        for (StoredImage image : directory.images()) {
            outline.row(2, image.path().getFileName().toString(),
                    directory.shown().filter(image::equals).isPresent() ? "shown below" : "image");
        }
        for (OtherFile file : directory.others()) {
            outline.row(2, Plain.text(file.name()), Sizes.human(file.bytes()) + (file.isMemory() ? ", sparse" : ""));
        }
        return outline.toString();
    }

    static Map<String, Object> json(DirectoryReport directory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", directory.path().toString());
        json.put("sentence", directory.sentence());
        json.put("images", directory.images().stream().map(image -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("number", image.number());
            value.put("state", image.state().suffix());
            return value;
        }).toList());
        List<Map<String, Object>> others = directory.others().stream().map(DirectoryText::json).toList();
        json.put("others", others);
        return json;
    }

    private static Map<String, Object> json(OtherFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", file.name());
        json.put("bytes", file.bytes());
        return json;
    }
}
