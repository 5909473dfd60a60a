package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.liveupdate.itests.support.OsgiContainer;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** A framework that is shut down with everything in use, and started again. */
@Timeout(60)
class RestartIT {
    private final Path directory = Files.createTempDirectory("restart");

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(this::options);

    RestartIT() throws java.io.IOException {}

    private Option[] options() {
        return OptionUtils.combine(new CoreBundles().get(),
                frameworkProperty("liveupdate.directory").value(directory.toString()));
    }

    @Test
    void whatWasInUseWhenTheFrameworkWasShutDownIsFoundByTheNextOne() throws Exception {
        deploy("1.0.0");
        assertEquals("count 5, file 7, handles open", ask("use"));

        osgi.restart();

        deploy("2.0.0");
        assertEquals("count 5 in pool of 2.0.0, file 7, finished", ask("take over"));
    }

    private void deploy(String version) throws Exception {
        PoolBundle.types().deploy(osgi.context());
        PoolBundle.version(version).deploy(osgi.context());
        PoolBundle.agent().deploy(osgi.context());
    }

    @SuppressWarnings("unchecked") // the agent registers it
    private String ask(String command) throws InterruptedException {
        osgi.service("org.liveupdate.api.LiveUpdate");
        return ((UnaryOperator<String>) osgi.service(UnaryOperator.class.getName())).apply(command);
    }
}
