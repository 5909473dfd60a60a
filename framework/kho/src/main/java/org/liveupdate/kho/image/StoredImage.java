package org.liveupdate.kho.image;

import java.nio.file.Path;

/**
 * An image file in a handover directory, as it was when the directory was read.
 *
 * @param number the number of the live update it belongs to
 * @param state how far it has come
 * @param path where it is, in this state
 */
public record StoredImage(long number, State state, Path path) {

    /** How far an image has come. It only moves forward, and each step is one atomic rename. */
    public enum State {
        /** Written whole; nobody has looked at it. */
        COMMITTED("committed"),
        /** A successor is checking it; undecided. */
        CLAIMED("claimed"),
        /** The successor owns the state: never to be loaded again. */
        CONFIRMED("confirmed"),
        /** The generation that wrote it runs on: never to be loaded again. */
        TAKEN_BACK("taken-back");

        private final String suffix;

        State(String suffix) {
            this.suffix = suffix;
        }

        /** What the file's name ends with, without the dot. */
        public String suffix() {
            return suffix;
        }

        /** Whether it was decided who goes on with the state. */
        public boolean isDecided() {
            return this == CONFIRMED || this == TAKEN_BACK;
        }
    }
}
