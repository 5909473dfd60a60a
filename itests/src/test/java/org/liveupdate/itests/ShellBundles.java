package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.function.Supplier;
import org.liveupdate.itests.support.LiveUpdateBundles;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The usual runtime, with Gogo and our commands. */
public final class ShellBundles implements Supplier<Option[]> {
    @Override
    public Option[] get() {
        return OptionUtils.combine(new LiveUpdateBundles().get(), onClasspath("org.apache.felix.gogo.runtime"),
                onClasspath("org.liveupdate.shell"));
    }
}
