package org.liveupdate.shell.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Amounts and times in the units that people read. */
public final class Quantity {
    private static final int STEP = 1024;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Quantity() {}

    /** An amount of memory, with one decimal above a kilobyte. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** A duration in microseconds as milliseconds; what is below 0 has not happened yet. */
    static String millis(long micros) {
        return micros < 0 ? "not yet" : String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }

    /** An instant in milliseconds since 1970, in the time zone of this JVM, to the second. */
    static String time(long millis) {
        return SECONDS.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /**
     * So many things.
     *
     * @param count
     *            how many
     * @param singular
     *            what one of them is called; the plural takes an s
     * @return such as {@code 1 file} or {@code 2 files}
     */
    public static String of(long count, String singular) {
        return count + " " + singular + (count == 1 ? "" : "s");
    }
}
