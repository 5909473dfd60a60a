package org.liveupdate.core.image;

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
 */
public record Moments(long prepareBegan, long freezeBegan, long committed, long committedWall) {}
