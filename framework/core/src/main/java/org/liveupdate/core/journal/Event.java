package org.liveupdate.core.journal;

import java.time.Instant;

/**
 * Something that happened: text only, so that nothing of a provider is kept.
 *
 * @param sequence
 *            1 for the first of a generation, and so on
 * @param time
 *            when
 * @param id
 *            what
 * @param subject
 *            what it happened to
 * @param result
 *            {@code OK} or the name of the errno
 * @param text
 *            a sentence: what, why, what to do
 */
public record Event(long sequence, Instant time, EventId id, String subject, String result, String text) {
    /** What is written for an outcome that is no failure. */
    public static final String OK = "OK";
}
