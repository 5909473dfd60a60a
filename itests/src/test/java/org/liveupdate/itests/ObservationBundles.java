package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.function.Supplier;
import org.liveupdate.itests.support.LiveUpdateBundles;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The usual runtime, with a health check, an inventory printer and an MBean. */
public final class ObservationBundles implements Supplier<Option[]> {
    @Override
    public Option[] get() {
        return OptionUtils.combine(new LiveUpdateBundles().get(),
                CoreOptions.systemPackages("org.slf4j;version=1.7.36", "org.slf4j.helpers;version=1.7.36",
                        "org.osgi.service.log;version=1.5"),
                onClasspath("org.apache.felix.healthcheck.api"), onClasspath("org.apache.felix.inventory"),
                onClasspath("com.google.gson"), onClasspath("org.liveupdate.health"),
                onClasspath("org.liveupdate.inventory"), onClasspath("org.liveupdate.jmx"));
    }
}
