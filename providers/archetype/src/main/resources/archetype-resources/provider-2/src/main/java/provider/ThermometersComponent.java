package ${package}.provider;

import ${package}.api.Thermometer;
import ${package}.api.Thermometers;
import org.osgi.service.component.annotations.Component;

/** Makes thermometers. */
@Component
public final class ThermometersComponent implements Thermometers {

    @Override
    public Thermometer create() {
        return new ThermometerFile();
    }
}
