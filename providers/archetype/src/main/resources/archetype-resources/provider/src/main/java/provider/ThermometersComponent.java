package ${package}.provider;

import ${package}.api.Thermometer;
import ${package}.api.Thermometers;
import org.osgi.service.component.annotations.Component;

/** Makes thermometers; at the prompt, too. */
@Component(property = {"osgi.command.scope=thermometers", "osgi.command.function=create"})
public final class ThermometersComponent implements Thermometers {

    @Override
    public Thermometer create() {
        return new ThermometerFile();
    }
}
