package org.liveupdate.providers.pci.internal;

import java.util.Set;
import java.util.function.Supplier;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;

/** What the core knows of preserved devices, on either side, outside of any callback. */
final class Preservation {

    /** How the core says that there is nothing. */
    private static final Set<Errno> NOTHING = Set.of(Errno.ENODATA, Errno.ENOENT, Errno.EOPNOTSUPP);

    private final Supplier<LiveUpdate> service;

    /** Asks whatever {@code service} gives; null before this generation is in charge. */
    Preservation(Supplier<LiveUpdate> service) {
        this.service = service;
    }

    boolean isOutgoing(PciAddress address) throws LiveUpdateException {
        LiveUpdate liveUpdate = liveUpdate();
        return has(() -> liveUpdate.getOutgoing(PreservedDevices.KEY), address);
    }

    boolean isIncoming(PciAddress address) throws LiveUpdateException {
        LiveUpdate liveUpdate = liveUpdate();
        return has(() -> liveUpdate.getIncoming(PreservedDevices.KEY), address);
    }

    private LiveUpdate liveUpdate() throws LiveUpdateException {
        LiveUpdate liveUpdate = service.get();
        if (liveUpdate == null) {
            throw new LiveUpdateException(Errno.ENODEV, "which PCI devices the previous generation preserved cannot be "
                    + "told before this one is in charge; start the bundle org.liveupdate.core");
        }
        return liveUpdate;
    }

    @FunctionalInterface
    private interface Side {
        FlbHandle<PreservedDevices> get() throws LiveUpdateException;
    }

    private static boolean has(Side side, PciAddress address) throws LiveUpdateException {
        try (FlbHandle<PreservedDevices> handle = side.get()) {
            return handle.get().references(address) > 0;
        } catch (LiveUpdateException e) {
            if (NOTHING.contains(e.errno())) {
                return false;
            }
            throw e;
        }
    }
}
