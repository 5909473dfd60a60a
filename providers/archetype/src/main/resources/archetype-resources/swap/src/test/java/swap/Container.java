package ${package}.swap;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import ${package}.api.Thermometer;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.util.tracker.ServiceTracker;

/** A framework for each test. What providers and the test have in common comes from the test's own class path. */
final class Container implements BeforeEachCallback, AfterEachCallback {

    private static final Set<String> BUNDLES = Set.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.scr", "org.liveupdate.core");
    private static final String[] SHARED = {"org.liveupdate.api", "org.liveupdate.api.handover",
            "org.liveupdate.api.runtime", "org.liveupdate.api.runtime.dto", "org.liveupdate.kho",
            "org.liveupdate.kho.fdt", "org.liveupdate.kho.image", Thermometer.class.getPackageName()};
    private static final long PATIENCE_MILLIS = 10_000;

    private ExamSystem system;
    private TestContainer container;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        List<Option> options = new ArrayList<>(bundles());
        options.add(cleanCaches());
        for (String name : SHARED) {
            options.add(systemPackages(name + ";version=1.0.0"));
        }
        system = DefaultExamSystem.create(options.toArray(Option[]::new));
        container = PaxExamRuntime.createContainer(system);
        container.start();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        container.stop();
        system.clear();
    }

    private static List<Option> bundles() throws Exception {
        List<Option> found = new ArrayList<>();
        for (URL url : Collections.list(Container.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            Manifest manifest;
            try (var in = url.openStream()) {
                manifest = new Manifest(in);
            }
            String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            if (name != null && BUNDLES.contains(name.split(";")[0])) {
                String jar = url.toString();
                found.add(bundle(jar.substring("jar:".length(), jar.indexOf("!/"))));
            }
        }
        return found;
    }

    private BundleContext context() {
        return ((NativeTestContainer) container).getSystemBundle().getBundleContext();
    }

    Bundle install(String jar) throws BundleException {
        Bundle bundle = context().installBundle("file:" + jar);
        bundle.start();
        return bundle;
    }

    <S> S service(Class<S> type) throws InterruptedException {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open();
        try {
            S service = tracker.waitForService(PATIENCE_MILLIS);
            if (service == null) {
                throw new AssertionError("no service " + type.getName());
            }
            return service;
        } finally {
            tracker.close();
        }
    }
}
