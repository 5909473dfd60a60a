package org.liveupdate.crash;

import java.io.IOException;
import java.util.Map;

/** Tells of the steps that are file operations. */
final class SteppingFileOperations extends WatchedFileOperations {
    private static final Map<String, Step> RENAMES = Map.of("committed", Step.COMMIT, "claimed", Step.CLAIM,
            "confirmed", Step.CONFIRM, "taken-back", Step.TAKE_BACK);

    private final MomentListener listener;
    /** How often the image file that was created last was written from its start: first with zeros. */
    private int passes;

    SteppingFileOperations(MomentListener listener) {
        this.listener = listener;
    }

    @Override
    <T> T perform(Operation operation, Body<T> body) throws IOException {
        Step step = step(operation);
        if (step == null) {
            return body.run();
        }
        listener.reached(Moment.before(step));
        T result = body.run();
        listener.reached(Moment.after(step));
        return result;
    }

    private Step step(Operation operation) {
        String name = operation.file().getFileName().toString();
        return switch (operation.kind()) {
            case WRITE -> name.startsWith("image") ? written(operation.position()) : null;
            case FORCE -> name.startsWith("image") ? Step.FORCE : null;
            case RENAME -> RENAMES.get(suffix(operation.target().getFileName().toString()));
            case DELETE -> Step.CLEANUP;
            case CREATE -> {
                passes = 0;
                yield null;
            }
            default -> null;
        };
    }

    private Step written(long position) {
        if (position == 0) {
            passes++;
        }
        return passes == 1 ? Step.RESERVE : Step.WRITE;
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
