package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.kho.Region;

/**
 * A calibration that is in preserved memory only, so nothing has to be written when the bundle leaves.
 *
 * <pre>
 *   0        8
 *  +--------+
 *  | offset |     thousandths of a kelvin, little-endian
 *  +--------+
 * </pre>
 */
final class PreservedCalibration implements Calibration {

    static final int BYTES = 8;

    private static final int OFFSET = 0;

    private final Region region;

    PreservedCalibration(Region region) {
        this.region = region;
    }

    @Override
    public synchronized long offset() {
        return region.getLong(OFFSET);
    }

    @Override
    public synchronized void offset(long milliKelvin) {
        region.putLong(OFFSET, milliKelvin);
    }
}
