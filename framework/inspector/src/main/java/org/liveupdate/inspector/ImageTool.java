package org.liveupdate.inspector;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.liveupdate.inspector.Finder.Found;
import org.liveupdate.inspector.Request.Option;

/**
 * {@code image}: prints, verifies and compares images. The runnable jar finds it as a {@link ToolProvider}, the shell has
 * it as a command. Stateless, so safe for use by several threads.
 *
 * <p>
 * It changes nothing: files are opened for reading only, lock files not at all.
 */
public final class ImageTool implements ToolProvider {
    private static final int OK = 0;
    private static final int BAD = 1;
    private static final int USAGE = 2;
    private static final int TROUBLE = 2;
    private static final List<String> HELP = List.of(
            "image [--json] [--blocks] PATH       prints what is in an image",
            "image verify [--json] PATH           verifies all checksums, of the memory next to it, too",
            "image diff [--json] A B              says what changed from A to B",
            "",
            "PATH is a handover directory (its image that the next start loads, else the newest), an image file, or",
            "a dump of preserved memory of Linux (.hex, or the device tree alone, .dtb). Nothing is changed.",
            "  --json     one JSON value instead of text; its fields are documented",
            "  --blocks   with a line for each block of memory",
            "Exit status: 0; 1 if it is bad or cannot be read, and for differences; 2 for wrong words, and if what is",
            "to be compared is bad or cannot be read.");

    @Override
    public String name() {
        return "image";
    }

    /**
     * Does what the words say.
     *
     * @return 0, or 1 if the image is bad, cannot be read, or differs, or 2 if the words are wrong or nothing can be
     *         compared
     */
    @Override
    public int run(PrintWriter out, PrintWriter err, String... words) {
        Request request;
        try {
            request = Request.parse(List.of(words));
        } catch (WrongUse e) {
            err.println("image: " + e.getMessage());
            HELP.forEach(err::println);
            return USAGE;
        }
        try {
            return switch (request.action()) {
                case SHOW -> show(request, out);
                case VERIFY -> verify(request, out);
                case DIFF -> diff(request, out);
                case HELP -> help(out);
            };
        } catch (IOException e) {
            err.println("image: " + Sentence.of(e));
            return request.action() == Request.Action.DIFF ? TROUBLE : BAD;
        }
    }

    private static int help(PrintWriter out) {
        HELP.forEach(out::println);
        return OK;
    }

    private static int show(Request request, PrintWriter out) throws IOException {
        Found found = Finder.find(request.paths().get(0));
        if (request.has(Option.JSON)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("directory", found.directory().map(DirectoryText::json).orElse(null));
            json.put("image", found.image().map(ImageJson::of).orElse(null));
            out.print(JsonText.of(json));
        } else {
            found.directory().map(DirectoryText::of).ifPresent(out::print);
            found.image().map(image -> ImageText.of(image, request.has(Option.BLOCKS))).ifPresent(out::print);
        }
        return found.image().filter(image -> !image.faults().isEmpty()).isPresent() ? BAD : OK;
    }

    private static int verify(Request request, PrintWriter out) throws IOException {
        Found found = Finder.find(request.paths().get(0));
        if (found.image().isEmpty()) {
            throw new IOException(Plain.text(request.paths().get(0).toString()) + " has nothing to verify: "
                    + found.directory().orElseThrow().sentence());
        }
        Verification verification = Verification.of(found.image().get());
        out.print(request.has(Option.JSON) ? JsonText.of(verification.json()) : verification.text());
        return verification.isGood() ? OK : BAD;
    }

    private static int diff(Request request, PrintWriter out) throws IOException {
        ImageReport[] images = new ImageReport[2];
        for (int i = 0; i < images.length; i++) {
            Found found = Finder.find(request.paths().get(i));
            String path = Plain.text(request.paths().get(i).toString());
            if (found.image().isEmpty()) {
                throw new IOException(path + " cannot be compared: " + found.directory().orElseThrow().sentence());
            }
            images[i] = found.image().get();
            if (!images[i].faults().isEmpty()) {
                throw new IOException(path + " cannot be compared: " + Plain.text(images[i].faults().get(0).sentence(
                        images[i].kind() == ImageReport.Kind.LINUX)));
            }
        }
        Difference difference = Difference.between(images[0], images[1]);
        out.print(request.has(Option.JSON) ? JsonText.of(difference.json()) : difference.text());
        return difference.isNone() ? OK : BAD;
    }
}
