package org.liveupdate.inspector;

import java.util.Locale;
import org.liveupdate.kho.image.ImageException;

/**
 * Where an image or a dump breaks.
 *
 * @param kind
 *            {@code corrupt}, {@code too old}, {@code too new}, or {@code missing}: a dump does not contain it
 * @param offset
 *            in bytes from the start of the file, or a physical address in a dump; -1 if it is about the whole
 * @param expected
 *            what was expected there
 * @param found
 *            what was found
 */
public record Fault(String kind, long offset, String expected, String found) {
    /** What a reader of images refused. */
    static Fault of(ImageException e) {
        return new Fault(e.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), e.offset(), e.expected(),
                e.found());
    }

    /** One line for people. */
    String sentence(boolean physical) {
        String where = offset == -1 ? "" : (physical ? " at address 0x" : " at offset 0x") + Long.toHexString(offset);
        return kind + where + ": expected " + expected + ", found " + found;
    }
}
