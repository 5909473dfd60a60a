package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.annotations.ProvidesFlb;
import org.liveupdate.kho.Region;
import org.osgi.service.component.annotations.Component;

/** Saves the calibration once, when the first thermometer is preserved. */
@Component
@ProvidesFlb(compatible = Calibration.COMPATIBLE)
public final class CalibrationFlb implements Flb<Calibration> {

    @Override
    public Preserved<Calibration> preserve(FlbContext context) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(PreservedCalibration.BYTES);
        return new Preserved<>(region.address(), new PreservedCalibration(region));
    }

    @Override
    public void unpreserve(FlbContext context, long data, Calibration object) {
        Memory.of(context).unpreserveFree(data);
    }

    @Override
    public Calibration retrieve(FlbContext context, long data) throws LiveUpdateException {
        return new PreservedCalibration(context.memory().restore(data));
    }

    @Override
    public void finish(FlbContext context, long data, Calibration object) {
        Memory.of(context).restoreFree(data);
    }
}
