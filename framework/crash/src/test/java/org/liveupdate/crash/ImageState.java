package org.liveupdate.crash;

import java.util.List;

/** What became of an image, by the name of its file. */
enum ImageState {
    /** It was never there. */
    NONE(""), COMMITTED("committed"), CLAIMED("claimed"), CONFIRMED("confirmed"), TAKEN_BACK("taken-back");

    private final String suffix;

    ImageState(String suffix) {
        this.suffix = suffix;
    }

    /** The next start has to load it. */
    boolean isPending() {
        return this == COMMITTED || this == CLAIMED;
    }

    /** What the last step that was done left. */
    static ImageState at(Moment moment) {
        return switch (moment.step()) {
            case PREPARE, RESERVE, FREEZE, WRITE, FORCE, CLEANUP -> NONE;
            case COMMIT -> moment.after() ? COMMITTED : NONE;
            case HANDOVER -> moment.after() ? CLAIMED : COMMITTED;
            case CLAIM -> moment.after() ? CLAIMED : COMMITTED;
            case CONFIRM -> moment.after() ? CONFIRMED : CLAIMED;
            case TAKE_BACK -> moment.after() ? TAKEN_BACK : CLAIMED;
            case RESUME -> TAKEN_BACK;
            case RETRIEVE, FINISH -> CONFIRMED;
        };
    }

    /** What is seen in a directory. */
    static ImageState of(long number, List<String> names) {
        ImageState found = NONE;
        for (ImageState state : values()) {
            if (state != NONE && names.contains("image-" + number + '.' + state.suffix)) {
                if (found != NONE) {
                    throw new AssertionError("image " + number + " is " + found + " and " + state + ": " + names);
                }
                found = state;
            }
        }
        return found;
    }
}
