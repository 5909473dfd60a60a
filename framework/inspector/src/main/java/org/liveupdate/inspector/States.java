package org.liveupdate.inspector;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.liveupdate.kho.image.StoredImage.State;

/** The state of an image, which is in its file's name. */
final class States {
    private static final Pattern NAME = Pattern.compile("image-[0-9]{1,18}\\.([a-z-]+)");

    private States() {}

    /** The state that a name says, such as {@code committed}; empty if it says none. */
    static String of(Path file) {
        Path name = file.getFileName();
        Matcher matcher = NAME.matcher(name == null ? "" : name.toString());
        if (matcher.matches()) {
            for (State state : State.values()) {
                if (state.suffix().equals(matcher.group(1))) {
                    return state.suffix();
                }
            }
        }
        return "";
    }

    /** What the state means for the next start. */
    static String sentence(String state) {
        for (State known : State.values()) {
            if (known.suffix().equals(state)) {
                return state + ": " + meaning(known);
            }
        }
        return state;
    }

    private static String meaning(State state) {
        return switch (state) {
            case COMMITTED -> "written whole, nobody has claimed it; the next start loads it";
            case CLAIMED -> "a successor is checking it, or was when it died; undecided, the next start loads it";
            case CONFIRMED -> "the successor owns the state; never loaded again";
            case TAKEN_BACK -> "the generation that wrote it ran on; never loaded again";
        };
    }
}
