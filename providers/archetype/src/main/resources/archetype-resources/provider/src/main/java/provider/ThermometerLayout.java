package ${package}.provider;

import org.liveupdate.kho.Region;

/**
 * What a preserved thermometer's {@code data} points to, version 1, little-endian.
 *
 * <pre>
 *   0          8        16
 *  +----------+--------+
 *  | readings | last   |
 *  +----------+--------+
 * </pre>
 */
final class ThermometerLayout {

    /** A change of the layout changes the string. */
    static final String COMPATIBLE = "thermometer-v1";

    static final int BYTES = 16;

    private static final int READINGS_OFFSET = 0;
    private static final int LAST_OFFSET = 8;

    private ThermometerLayout() {}

    static void write(Region target, long readings, long last) {
        target.putLong(READINGS_OFFSET, readings);
        target.putLong(LAST_OFFSET, last);
    }

    static long readings(Region source) {
        return source.getLong(READINGS_OFFSET);
    }

    static long last(Region source) {
        return source.getLong(LAST_OFFSET);
    }
}
