package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The usual runtime with our commands, and the shell that completes, which does not read the terminal of the build. */
public final class CompletionBundles implements Supplier<Option[]> {
    private static final Path HOME = Path.of("target", "gosh").toAbsolutePath();

    @Override
    public Option[] get() {
        writeProfile();
        return OptionUtils.combine(new ShellBundles().get(), onClasspath("org.jline"),
                onClasspath("org.apache.felix.gogo.jline"),
                CoreOptions.frameworkProperty("gosh.home").value(HOME.toString()),
                CoreOptions.frameworkProperty("gosh.args").value("--nointeractive"));
    }

    /** The shell's own needs a terminal. */
    private static void writeProfile() {
        try {
            Files.createDirectories(HOME.resolve("etc"));
            Files.writeString(HOME.resolve("etc/gosh_profile"), "prompt = 'g! '\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
