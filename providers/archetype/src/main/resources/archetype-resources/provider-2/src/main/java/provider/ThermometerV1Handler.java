package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.osgi.service.component.annotations.Component;

/** Serves what version 1 has preserved; nothing new is preserved in its layout. */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = ThermometerLayout.COMPATIBLE_V1, flbs = Calibration.COMPATIBLE)
public final class ThermometerV1Handler extends ThermometerCallbacks {

    /** Called by DS. */
    public ThermometerV1Handler() {
        super(ThermometerLayout.V1);
    }

    @Override
    public boolean canPreserve(Object file) {
        return false;
    }
}
