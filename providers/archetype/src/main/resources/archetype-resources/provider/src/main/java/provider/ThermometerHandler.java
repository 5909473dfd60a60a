package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.kho.Region;
import org.osgi.service.component.annotations.Component;

/** Preserves thermometers; each of them holds the calibration. */
@Component
@ProvidesFileHandler(compatible = ThermometerLayout.COMPATIBLE, flbs = Calibration.COMPATIBLE)
public final class ThermometerHandler implements FileHandler<ThermometerFile> {

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof ThermometerFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, ThermometerFile file) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(ThermometerLayout.BYTES);
        file.writeTo(region);
        return new Preserved<>(region.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, ThermometerFile file, long data, Object object) {
        Memory.of(context).unpreserveFree(data);
    }

    @Override
    public long freeze(FileContext context, ThermometerFile file, long data, Object object)
            throws LiveUpdateException {
        file.freeze();
        file.writeTo(context.memory().region(data));
        return data;
    }

    @Override
    public void unfreeze(FileContext context, ThermometerFile file, long data, Object object) {
        file.unfreeze();
    }

    @Override
    public ThermometerFile retrieve(FileContext context, long data) throws LiveUpdateException {
        return ThermometerFile.readFrom(context.memory().restore(data));
    }

    @Override
    public void finish(FileContext context, ThermometerFile file, long data, RetrieveStatus status) {
        Memory.of(context).restoreFree(data);
    }

    @Override
    public void detach(FileContext context, ThermometerFile file, long data, Object object) {
        file.leave();
        file.writeTo(Memory.of(context).region(data));
    }
}
