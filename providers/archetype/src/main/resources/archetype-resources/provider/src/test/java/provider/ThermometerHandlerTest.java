package ${package}.provider;

import ${package}.api.Calibration;
import java.util.List;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The handler keeps to what every file handler has to keep to. */
class ThermometerHandlerTest extends FileHandlerContractTest<ThermometerFile> {

    @Override
    public String compatible() {
        return ThermometerLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<ThermometerFile> start(Host host) {
        host.register(Calibration.COMPATIBLE, new CalibrationFlb());
        host.register(ThermometerLayout.COMPATIBLE, new ThermometerHandler(), Calibration.COMPATIBLE);
        return new FileProvider<>() {

            @Override
            public ThermometerFile create(int seed) {
                ThermometerFile file = new ThermometerFile();
                file.add(seed);
                return file;
            }

            @Override
            public void change(ThermometerFile file, int seed) {
                file.add(seed);
            }

            @Override
            public Object state(ThermometerFile file) {
                return List.of(file.readings(), file.last());
            }
        };
    }
}
