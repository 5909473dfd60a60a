package org.liveupdate.providers.record.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.providers.api.record.OpenRecord;
import org.liveupdate.providers.api.record.Records;

/** Texts in records, and refusals. */
final class Text {

    private Text() {}

    static Contents of(String text) {
        return new Contents(1, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the record contains; "nothing" if nothing was ever written. */
    static String in(OpenRecord record) throws LiveUpdateException {
        return record.read().map(contents -> new String(contents.bytes(), StandardCharsets.UTF_8)).orElse("nothing");
    }

    /** The same, of a record that is not open. */
    static String in(Records records, String name) throws LiveUpdateException {
        try (OpenRecord record = records.open(name)) {
            return in(record);
        }
    }

    static void write(Records records, String name, String text) throws LiveUpdateException {
        try (OpenRecord record = records.open(name)) {
            record.write(of(text));
        }
    }

    /** Returns the sentence. */
    static String assertRefused(Errno errno, Executable operation) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, operation);
        assertEquals(errno, refusal.errno(), refusal.getMessage());
        return refusal.getMessage();
    }
}
