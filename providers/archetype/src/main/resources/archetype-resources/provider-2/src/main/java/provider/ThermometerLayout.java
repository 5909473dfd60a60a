package ${package}.provider;

import org.liveupdate.kho.Region;

/**
 * What a preserved thermometer's {@code data} points to, in both versions, little-endian.
 *
 * <pre>
 *   0          8        16        24
 *  +----------+--------+---------+
 *  | readings | last   | highest |     highest: since version 2
 *  +----------+--------+---------+
 * </pre>
 */
enum ThermometerLayout {
    V1(16), V2(24);

    static final String COMPATIBLE_V1 = "thermometer-v1";
    static final String COMPATIBLE_V2 = "thermometer-v2";

    private static final int READINGS_OFFSET = 0;
    private static final int LAST_OFFSET = 8;
    private static final int HIGHEST_OFFSET = 16;

    private final int bytes;

    ThermometerLayout(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    void write(Region target, long readings, long last, long highest) {
        target.putLong(READINGS_OFFSET, readings);
        target.putLong(LAST_OFFSET, last);
        if (this == V2) {
            target.putLong(HIGHEST_OFFSET, highest);
        }
    }

    long readings(Region source) {
        return source.getLong(READINGS_OFFSET);
    }

    long last(Region source) {
        return source.getLong(LAST_OFFSET);
    }

    /** The highest reading that is known. */
    long highest(Region source) {
        return this == V2 ? source.getLong(HIGHEST_OFFSET) : last(source);
    }
}
