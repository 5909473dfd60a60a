package org.liveupdate.itests.e2e;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Somebody else's container: Felix with the properties and bundles of a file, and a Gogo session that reads standard
 * input as soon as the live update service is there. {@code echo WORD} writes a word.
 */
public final class PlainFelix {
    /** Property with the paths of the bundles, commas between. */
    static final String BUNDLES = "plain.bundles";
    /** What this class shares with Gogo. */
    private static final String COMMANDS = "org.apache.felix.service.command;version=1.0.0";

    private PlainFelix() {}

    /**
     * Runs until the framework has stopped, or the input has ended.
     *
     * @param arguments
     *            a file of framework properties; system properties of OSGi override them
     */
    public static void main(String[] arguments) throws Exception {
        // System.in reads ahead, and what it has read is lost to the next generation
        InputStream in = new FileInputStream(FileDescriptor.in);
        // Gogo puts its own in the place of these
        PrintStream out = System.out;
        PrintStream err = System.err;
        Map<String, String> configuration = configuration(Path.of(arguments[0]));
        Framework framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (String path : configuration.get(BUNDLES).split(",")) {
            bundles.add(context.installBundle("reference:" + Path.of(path).toUri()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        await(context, "org.liveupdate.api.LiveUpdate");
        CommandProcessor gogo = (CommandProcessor) await(context, CommandProcessor.class.getName());
        try (CommandSession session = gogo.createSession(in, out, err)) {
            for (String line = readLine(in); line != null; line = readLine(in)) {
                obey(session, line);
            }
        }
        framework.stop();
        framework.waitForStop(0);
    }

    private static Map<String, String> configuration(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.forEach((name, value) -> configuration.put(name.toString(), value.toString()));
        System.getProperties().forEach((name, value) -> {
            if (name.toString().startsWith("org.osgi.framework.")) {
                configuration.put(name.toString(), value.toString());
            }
        });
        configuration.put("org.osgi.framework.system.packages.extra", COMMANDS);
        return configuration;
    }

    private static Object await(BundleContext context, String service) throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, service, null);
        tracker.open(true);
        return tracker.waitForService(0);
    }

    private static void obey(CommandSession session, String line) {
        if (line.startsWith("echo ")) {
            System.out.println(line.substring("echo ".length()));
            return;
        }
        try {
            Object result = session.execute(line);
            if (result != null) {
                System.out.println(session.format(result, Converter.INSPECT));
            }
        } catch (Exception e) {
            System.out.println(e instanceof InvocationTargetException ? e.getCause() : e);
        }
    }

    /** Byte by byte: what follows is for the next generation. */
    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
