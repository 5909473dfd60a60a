package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.function.Supplier;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** Declarative Services and the core, without any provider. */
public final class CoreBundles implements Supplier<Option[]> {
    @Override
    public Option[] get() {
        return CoreOptions.options(CoreOptions.cleanCaches(), onClasspath("org.osgi.util.function"),
                onClasspath("org.osgi.util.promise"), onClasspath("org.osgi.service.component"),
                onClasspath("org.apache.felix.scr"), onClasspath("org.liveupdate.kho"),
                onClasspath("org.liveupdate.api"), onClasspath("org.liveupdate.core"));
    }
}
