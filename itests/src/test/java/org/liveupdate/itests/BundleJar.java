package org.liveupdate.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;

/** The jar of a bundle, made of classes that the test has, too. Not thread safe. */
public final class BundleJar {
    private final Manifest manifest = new Manifest();
    private final List<Class<?>> classes = new ArrayList<>();

    /**
     * A jar with no class yet.
     *
     * @param symbolicName
     *            of the bundle
     * @param version
     *            of the bundle
     */
    public BundleJar(String symbolicName, String version) {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        header(Constants.BUNDLE_MANIFESTVERSION, "2");
        header(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        header(Constants.BUNDLE_VERSION, version);
    }

    /**
     * Adds a line to the manifest.
     *
     * @param name
     *            of the header
     * @param value
     *            of the header
     * @return this
     */
    public BundleJar header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /**
     * Adds classes.
     *
     * @param added
     *            without those nested in them
     * @return this
     */
    public BundleJar with(Class<?>... added) {
        classes.addAll(List.of(added));
        return this;
    }

    /**
     * The jar.
     *
     * @return its bytes
     * @throws IOException
     *             a class cannot be read
     */
    public InputStream content() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : classes) {
                String path = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(path));
                try (InputStream in = type.getResourceAsStream('/' + path)) {
                    in.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
