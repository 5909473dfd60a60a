package org.liveupdate.itests.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/**
 * The bundles on the test's class path, found by symbolic name: jars in a full build, folders of classes in
 * {@code mvn test} and in an IDE. So a test needs neither {@code mvn install} nor a network.
 */
public final class Bundles {
    private static final Map<String, Bundles> BY_NAME = scan();

    private final Attributes manifest;
    private final Path path;

    private Bundles(Attributes manifest, Path path) {
        this.manifest = manifest;
        this.path = path;
    }

    /**
     * An option that provisions a bundle in a container.
     *
     * @param symbolicName
     *            which
     * @return the option
     */
    public static Option onClasspath(String symbolicName) {
        return CoreOptions.bundle(location(symbolicName));
    }

    /**
     * What {@link org.osgi.framework.BundleContext#installBundle(String)} takes for a bundle.
     *
     * @param symbolicName
     *            which
     * @return its location, a {@code reference:file:} URL
     */
    public static String location(String symbolicName) {
        return "reference:" + path(symbolicName).toUri();
    }

    /**
     * Where a bundle is.
     *
     * @param symbolicName
     *            which
     * @return the path of its jar or of its folder of classes
     */
    public static Path path(String symbolicName) {
        return find(symbolicName).path;
    }

    /**
     * What a bundle says about itself.
     *
     * @param symbolicName
     *            which
     * @return the main attributes of its manifest
     */
    public static Attributes manifest(String symbolicName) {
        return find(symbolicName).manifest;
    }

    /**
     * All there are.
     *
     * @return the symbolic names, sorted
     */
    public static Set<String> symbolicNames() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    private static Bundles find(String symbolicName) {
        Bundles found = BY_NAME.get(symbolicName);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no bundle " + symbolicName + " on the class path; there are " + BY_NAME.keySet());
        }
        return found;
    }

    private static Map<String, Bundles> scan() {
        Map<String, Bundles> found = new TreeMap<>();
        try {
            for (URL url : Collections.list(Bundles.class.getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
                try (InputStream in = url.openStream()) {
                    Attributes manifest = new Manifest(in).getMainAttributes();
                    String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
                    if (name != null) {
                        found.putIfAbsent(name.split(";")[0].trim(), new Bundles(manifest, pathOf(url)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Path pathOf(URL manifest) {
        String url = manifest.toString();
        return Path.of(URI.create(url.startsWith("jar:")
                ? url.substring("jar:".length(), url.indexOf("!/"))
                : url.substring(0, url.length() - JarFile.MANIFEST_NAME.length())));
    }
}
