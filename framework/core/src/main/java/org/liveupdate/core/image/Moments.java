package org.liveupdate.core.image;

import java.util.List;

/**
 * When the steps of a live update happened, in the JVM that gave its state away.
 *
 * @param prepareBegan
 *            {@link System#nanoTime()} of the request
 * @param freezeBegan
 *            {@link System#nanoTime()} of the first freeze
 * @param committed
 *            {@link System#nanoTime()} just before the image was written
 * @param committedWall
 *            {@link System#currentTimeMillis()} of the same moment, to check the monotonic clocks against each other
 * @param freezes
 *            what took how long between the first freeze and the image, in order of the first call; empty in an image of
 *            a build that did not say
 */
public record Moments(long prepareBegan, long freezeBegan, long committed, long committedWall,
        List<FreezeTime> freezes) {
    /** Takes a copy of the list. */
    public Moments {
        freezes = List.copyOf(freezes);
    }

    /** Without what is not known about freezes. */
    public Moments(long prepareBegan, long freezeBegan, long committed, long committedWall) {
        this(prepareBegan, freezeBegan, committed, committedWall, List.of());
    }
}
