package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest goes from generation to generation, and in each of them all bundles, the core and those of others too, are
 * started in another order; {@code -Dliveupdate.order.seed} repeats them.
 */
@Timeout(600)
class StartOrderE2eIT {
    /** How many successors; a profile makes more of them. */
    private static final int SUCCESSORS = Integer.getInteger("liveupdate.order.successors", 2);
    private static final long SEED = Long.getLong("liveupdate.order.seed", System.nanoTime() >>> 20);
    private static final Duration LIMIT = Duration.ofSeconds(500);
    /** Of the launcher's trace. */
    private static final Pattern STARTING = Pattern.compile("# starting (\\w+(\\.\\w+)+)");

    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(strings = {"liveupdate.jar", "liveupdate.equinox.jar"})
    void aGuestIsWholeInWhateverOrderBundlesAreStarted(String name) throws Exception {
        System.out.println("start orders: " + SUCCESSORS + " live updates with -Dliveupdate.order.seed=" + SEED);
        Path jar = Liveupdate.jar(name);
        Liveupdate liveupdate = new Liveupdate(place).shortLived().jar(jar)
                .agent(StartOrder.agent(place.resolve("order.jar"))).property("launch.trace", true);
        Random random = new Random(SEED);
        List<String> order = bundles(jar);
        List<String> expected = new ArrayList<>();
        for (int generation = 1; generation <= 1 + SUCCESSORS; generation++) {
            Collections.shuffle(order, random);
            liveupdate.property(StartOrder.property(generation), String.join(",", order));
            order.forEach(bundle -> expected.add(symbolicName(bundle)));
        }

        try (Run run = liveupdate.start("vm", "--generations", SUCCESSORS)) {
            Outcome outcome = run.end(LIMIT).succeeded();

            outcome.said("OK: 1 guest, 2 devices, " + SUCCESSORS + " live updates, nothing lost");
            assertEquals(expected, outcome.out().stream().map(STARTING::matcher).filter(Matcher::matches)
                    .map(starting -> starting.group(1)).toList());
        }
        assertEquals(List.of(), liveupdate.rubbish());
    }

    /** What the launcher installs and starts, as paths in its jar. */
    private static List<String> bundles(Path jar) throws IOException {
        Properties properties = new Properties();
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry("launcher.properties"))) {
            properties.load(in);
        }
        return Arrays.asList(properties.getProperty("launch.bundles").split(","));
    }

    /** The jars in the jar are named by it, and the version. */
    private static String symbolicName(String bundle) {
        return bundle.substring(bundle.indexOf('/') + 1, bundle.indexOf('-'));
    }
}
