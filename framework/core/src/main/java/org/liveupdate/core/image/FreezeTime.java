package org.liveupdate.core.image;

/**
 * What the freezes of one provider took, in the JVM that gave its state away.
 *
 * @param handler
 *            whether it is a file handler; otherwise it is an FLB
 * @param compatible
 *            of the provider
 * @param module
 *            the bundle that was called last; empty if its name is longer than 255 bytes
 * @param calls
 *            how often it was called
 * @param failed
 *            how many calls failed
 * @param began
 *            {@link System#nanoTime()} of the first call
 * @param ended
 *            {@link System#nanoTime()} of the end of the last call
 * @param total
 *            nanoseconds of all calls
 * @param longest
 *            nanoseconds of the longest
 */
public record FreezeTime(boolean handler, String compatible, String module, long calls, long failed, long began,
        long ended, long total, long longest) {}
