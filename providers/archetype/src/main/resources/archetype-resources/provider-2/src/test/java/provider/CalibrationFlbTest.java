package ${package}.provider;

import ${package}.api.Calibration;
import org.liveupdate.testkit.FlbContractTest;
import org.liveupdate.testkit.FlbProvider;
import org.liveupdate.testkit.Host;

/** The FLB keeps to what every FLB has to keep to. */
class CalibrationFlbTest extends FlbContractTest<Calibration> {

    @Override
    public String compatible() {
        return Calibration.COMPATIBLE;
    }

    @Override
    public FlbProvider<Calibration> start(Host host) {
        host.register(Calibration.COMPATIBLE, new CalibrationFlb());
        return new FlbProvider<>() {

            @Override
            public void change(Calibration calibration, int seed) {
                calibration.offset(seed);
            }

            @Override
            public Object state(Calibration calibration) {
                return calibration.offset();
            }
        };
    }
}
