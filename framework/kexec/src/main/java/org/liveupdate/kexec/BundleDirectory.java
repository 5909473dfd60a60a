package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Installs and starts the bundles of {@value Keys#BUNDLES} when a generation starts, so that a successor has what was
 * deployed into its predecessor. This is over before the launcher has started all bundles, and so before a successor is
 * ready. A bundle that cannot be installed or started is reported, and holds up nobody.
 */
@Component(service = {}, immediate = true)
public final class BundleDirectory {
    /** Called by DS. */
    @Activate
    public BundleDirectory(BundleContext context) {
        String directory = context.getProperty(Keys.BUNDLES);
        if (directory != null) {
            // all are there before one starts: they may need each other
            List<Bundle> installed = new ArrayList<>();
            jars(Path.of(directory)).forEach(jar -> install(context, jar, installed));
            installed.forEach(BundleDirectory::start);
        }
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            report("the bundles in " + directory + " cannot be listed: " + e);
            return List.of();
        }
    }

    private static void install(BundleContext context, Path jar, List<Bundle> installed) {
        try {
            installed.add(context.installBundle(jar.toUri().toString()));
        } catch (BundleException e) {
            report(jar + " cannot be installed: " + e.getMessage());
        }
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            report(bundle + " cannot be started: " + e.getMessage());
        }
    }

    private static void report(String sentence) {
        System.err.println("liveupdate: " + sentence);
    }
}
