package ${package}.provider;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;

/** What the handlers of both versions do with a thermometer. */
abstract class ThermometerCallbacks implements FileHandler<ThermometerFile> {

    private final ThermometerLayout layout;

    ThermometerCallbacks(ThermometerLayout layout) {
        this.layout = layout;
    }

    @Override
    public Preserved<?> preserve(FileContext context, ThermometerFile file) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(layout.bytes());
        file.writeTo(region, layout);
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
        file.writeTo(context.memory().region(data), layout);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, ThermometerFile file, long data, Object object) {
        file.unfreeze();
    }

    @Override
    public ThermometerFile retrieve(FileContext context, long data) throws LiveUpdateException {
        return ThermometerFile.readFrom(context.memory().restore(data), layout);
    }

    @Override
    public void finish(FileContext context, ThermometerFile file, long data, RetrieveStatus status) {
        Memory.of(context).restoreFree(data);
    }

    @Override
    public void detach(FileContext context, ThermometerFile file, long data, Object object) {
        file.leave();
        file.writeTo(Memory.of(context).region(data), layout);
    }
}
