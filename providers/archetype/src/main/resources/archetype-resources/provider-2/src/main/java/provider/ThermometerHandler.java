package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.osgi.service.component.annotations.Component;

/** Preserves thermometers in the layout of version 2; each of them holds the calibration. */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = ThermometerLayout.COMPATIBLE_V2, flbs = Calibration.COMPATIBLE)
public final class ThermometerHandler extends ThermometerCallbacks {

    /** Called by DS. */
    public ThermometerHandler() {
        super(ThermometerLayout.V2);
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof ThermometerFile;
    }
}
