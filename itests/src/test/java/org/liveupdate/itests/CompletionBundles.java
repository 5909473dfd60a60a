package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.function.Supplier;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The usual runtime with our commands, and the shell that completes, which does not read the terminal of the build. */
public final class CompletionBundles implements Supplier<Option[]> {
    @Override
    public Option[] get() {
        return OptionUtils.combine(new ShellBundles().get(), onClasspath("org.jline"),
                onClasspath("org.apache.felix.gogo.jline"),
                CoreOptions.frameworkProperty("gosh.args").value("--nointeractive"));
    }
}
