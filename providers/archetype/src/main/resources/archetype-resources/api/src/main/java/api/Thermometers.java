package ${package}.api;

import org.osgi.annotation.versioning.ProviderType;

/** Makes thermometers; an OSGi service. Thread safe. */
@ProviderType
public interface Thermometers {

    /** A thermometer without readings, in no session. */
    Thermometer create();
}
