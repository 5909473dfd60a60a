package org.liveupdate.providers.vfio.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** Writes a device into its scope, and reads one from it. */
final class VfioRecord {

    private final Scope scope;

    private VfioRecord(Scope scope) {
        this.scope = scope;
    }

    static VfioRecord in(FileContext context) throws LiveUpdateException {
        return new VfioRecord(context.memory());
    }

    /**
     * Writes a device that was not preserved.
     *
     * @return the address of the {@link VfioLayout}
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    long preserve(VfioDeviceFile file) {
        Region region = scope.allocPreserve(VfioLayout.BYTES);
        new VfioLayout(file.address(), file.resetWorks()).writeTo(region);
        VfioLayout.state(region, file.state());
        return region.address();
    }

    /** Which device it is; {@code EINVAL} if there is no record. */
    VfioLayout read(long data) throws LiveUpdateException {
        return VfioLayout.readFrom(region(data));
    }

    /** What the previous version of this bundle left. */
    DeviceState state(long data) throws LiveUpdateException {
        return VfioLayout.state(region(data));
    }

    /** Leaves something for the next version of this bundle. */
    void state(long data, DeviceState state) throws LiveUpdateException {
        VfioLayout.state(region(data), state);
    }

    void unpreserve() {
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    void finish() {
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    private Region region(long data) throws LiveUpdateException {
        try {
            return scope.region(data).slice(0, VfioLayout.BYTES);
        } catch (KhoException e) {
            throw new LiveUpdateException(Errno.EINVAL, "device of " + scope.owner() + ": " + e.getMessage());
        }
    }
}
