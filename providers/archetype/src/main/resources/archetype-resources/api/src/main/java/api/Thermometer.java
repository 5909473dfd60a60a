package ${package}.api;

import org.osgi.annotation.versioning.ProviderType;

/** A file: what has been measured with it survives. Thread safe; every method throws once its provider has left. */
@ProviderType
public interface Thermometer {

    /** Adds a reading, in thousandths of a kelvin; an IllegalStateException during a live update. */
    void add(long milliKelvin);

    /** How many readings there were. */
    long readings();

    /** The last of them, in thousandths of a kelvin; 0 if there was none. */
    long last();
}
