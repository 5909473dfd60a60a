package org.liveupdate.providers.vfio.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the driver, the factory and the handler of this bundle share. Thread safe. */
final class Vfio {

    private static final Logger LOG = System.getLogger("org.liveupdate.providers.vfio");

    private final Devices devices = new Devices();

    Devices devices() {
        return devices;
    }

    /** The bundle stops: devices that no session keeps are switched off. */
    void stop() {
        devices.open().forEach(VfioDeviceFile::stop);
    }

    static void warn(String text) {
        LOG.log(Level.WARNING, text);
    }
}
