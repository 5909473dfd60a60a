package org.liveupdate.demo.run;

import java.util.Locale;

/** Numbers as a reader wants them. */
public final class Units {
    /** Stands for what is not known. */
    public static final String NONE = "-";

    private static final String[] NAMES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Units() {}

    /** Every digit, in groups: {@code 134,217,728}. */
    public static String exact(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Rounded to a unit that suits: {@code 128.0 MiB}. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < NAMES.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, NAMES[unit]);
    }

    /** {@code 21.4 ms}; {@value #NONE} for a negative number, which stands for a time that was not measured. */
    public static String millis(long micros) {
        return micros < 0 ? NONE : String.format(Locale.ROOT, "%,.1f ms", micros / 1e3);
    }

    /** {@code 0.41 s}. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%,.2f s", nanos / 1e9);
    }

    /** {@code 1 file}, {@code 2 files}. */
    public static String count(long number, String thing) {
        return exact(number) + " " + thing + (number == 1 ? "" : "s");
    }
}
