package ${package}.api;

import org.liveupdate.api.FlbKey;
import org.osgi.annotation.versioning.ProviderType;

/** What all thermometers depend on: there while one of them is preserved. Thread safe. */
@ProviderType
public interface Calibration {

    /** The compatible string of the FLB. */
    String COMPATIBLE = "calibration-v1";

    /** For {@code liveUpdate.getOutgoing} and {@code getIncoming}. */
    FlbKey<Calibration> KEY = new FlbKey<>(COMPATIBLE, Calibration.class);

    /** By how much all of them read too high, in thousandths of a kelvin. */
    long offset();

    /** Changes the offset. */
    void offset(long milliKelvin);
}
