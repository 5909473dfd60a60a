package ${package}.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ${package}.api.Calibration;
import ${package}.api.Thermometer;
import ${package}.api.Thermometers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.osgi.framework.Bundle;

/** Version 1 is replaced by version 2 in a running framework, while a thermometer is preserved. */
class HotSwapIT {

    @RegisterExtension
    final Container container = new Container();

    @Test
    void thermometersOfVersion1AreServedByVersion2() throws Exception {
        LiveUpdate liveUpdate = container.service(LiveUpdate.class);
        Bundle version1 = container.install(System.getProperty("version1"));
        Session session = liveUpdate.createSession("laboratory");
        Thermometer old = container.service(Thermometers.class).create();
        session.preserve(1, old);
        old.add(293_150);
        try (FlbHandle<Calibration> calibration = liveUpdate.getOutgoing(Calibration.KEY)) {
            calibration.get().offset(-20);
        }

        Bundle version2 = container.service(Modules.class).swap(version1, "file:" + System.getProperty("version2"),
                null);

        assertEquals(Bundle.UNINSTALLED, version1.getState());
        assertEquals(2, version2.getVersion().getMajor());
        assertThrows(IllegalStateException.class, old::last);
        try (FileHandle<Thermometer> file = session.open(1, Thermometer.class)) {
            file.get().add(294_150);
            assertEquals(2, file.get().readings());
            assertEquals(294_150, file.get().last());
        }
        try (FlbHandle<Calibration> calibration = liveUpdate.getOutgoing(Calibration.KEY)) {
            assertEquals(-20, calibration.get().offset());
        }
        session.close();
    }
}
