package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A Java agent: before the launcher of a generation begins, it sets the order of bundles that is meant for it. */
public final class StartOrder {
    private static final String ORDER_OF = "liveupdate.test.order.";

    private StartOrder() {}

    /** Called by the JVM; in those that are no generation there is no order. */
    public static void premain(String arguments) {
        String order = System.getProperty(property(System.getProperty("liveupdate.generation")));
        if (order != null) {
            System.setProperty("launch.bundles", order);
        }
    }

    /** The system property that says it, in the form of the launcher. */
    static String property(Object generation) {
        return ORDER_OF + generation;
    }

    /** Writes the agent's jar. */
    static Path agent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", StartOrder.class.getName());
        String path = StartOrder.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = StartOrder.class.getResourceAsStream('/' + path)) {
            out.putNextEntry(new JarEntry(path));
            in.transferTo(out);
        }
        return jar;
    }
}
