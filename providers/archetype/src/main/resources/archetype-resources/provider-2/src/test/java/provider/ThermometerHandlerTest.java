package ${package}.provider;

import ${package}.api.Calibration;
import java.nio.file.Path;
import java.util.List;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;
import org.liveupdate.testkit.OlderImage;

/** Version 2 of the handler keeps to what every file handler has to keep to. */
class ThermometerHandlerTest extends FileHandlerContractTest<ThermometerFile> {

    @Override
    public String compatible() {
        return ThermometerLayout.COMPATIBLE_V2;
    }

    /** What the same test of version 1 has written. */
    @Override
    public List<OlderImage> olderImages() {
        Path archive = Path.of(System.getProperty("images"), getClass().getSimpleName() + ".zip");
        return List.of(new OlderImage("1", archive, List.of(1L, 1L, 1L)));
    }

    @Override
    public FileProvider<ThermometerFile> start(Host host) {
        host.register(Calibration.COMPATIBLE, new CalibrationFlb());
        host.register(ThermometerLayout.COMPATIBLE_V2, new ThermometerHandler(), Calibration.COMPATIBLE);
        host.register(ThermometerLayout.COMPATIBLE_V1, new ThermometerV1Handler(), Calibration.COMPATIBLE);
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
                return List.of(file.readings(), file.last(), file.highest());
            }
        };
    }
}
