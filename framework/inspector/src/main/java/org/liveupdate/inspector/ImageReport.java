package org.liveupdate.inspector;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.TrailerFields;

/**
 * All that could be read of one image or dump.
 *
 * @param kind
 *            of which of the two
 * @param path
 *            the file that was read
 * @param bytes
 *            its length
 * @param state
 *            how far the image has come, as its name says; empty if it does not
 * @param trailer
 *            of an image; empty in a dump, and if it is not there
 * @param layouts
 *            the version strings
 * @param model
 *            FLBs, sessions and files: number 0 if it is unknown; in a dump owners are empty, scopes 0, and files
 *            without FLBs
 * @param moments
 *            of the live update; empty in a dump, and if they could not be read
 * @param memory
 *            scopes and blocks; empty in a dump, without handover memory, and if they could not be read
 * @param faults
 *            where it breaks; empty if it is good
 * @param unknown
 *            sentences that say what cannot be known of it
 */
public record ImageReport(Kind kind, Path path, long bytes, String state, Optional<TrailerFields> trailer,
        List<Layout> layouts, ImageModel model, Optional<Moments> moments, Optional<MemoryState> memory,
        List<Fault> faults, List<String> unknown) {

    /** What was read. */
    public enum Kind {
        /** Of this project. */
        IMAGE("image"),
        /** Preserved memory of the original. */
        LINUX("linux dump");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * A version string.
     *
     * @param node
     *            of the device tree, {@code /} for the root
     * @param compatible
     *            the string
     * @param known
     *            whether this build reads it
     */
    public record Layout(String node, String compatible, boolean known) {}

    /** Takes copies of the lists. */
    public ImageReport {
        layouts = List.copyOf(layouts);
        faults = List.copyOf(faults);
        unknown = List.copyOf(unknown);
    }

    /** How many files there are in all sessions. */
    public long files() {
        return model.sessions().stream().mapToLong(session -> session.files().size()).sum();
    }

    /** The memory file, which is next to the image. */
    Optional<Path> memoryFile() {
        return memory.map(state -> path.resolveSibling(state.fileName()));
    }
}
