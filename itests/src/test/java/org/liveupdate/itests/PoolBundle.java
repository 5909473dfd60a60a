package org.liveupdate.itests;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.liveupdate.api.FlbKey;
import org.liveupdate.itests.pool.Agent;
import org.liveupdate.itests.pool.NumberHandler;
import org.liveupdate.itests.pool.PoolFlb;
import org.liveupdate.itests.pool.PoolProvider;
import org.liveupdate.itests.pool.PoolUser;
import org.liveupdate.itests.types.Pool;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Bundles of a provider in several versions, with classes of their own, and of its users. */
final class PoolBundle {
    static final String NAME = "test.pool";
    /** As a test sees the pool: its own copy of {@link Pool} is another class. */
    static final FlbKey<LongUnaryOperator> KEY = new FlbKey<>(PoolFlb.COMPATIBLE, LongUnaryOperator.class);

    private static final String TYPES = Pool.class.getPackageName();
    private static final String IMPORTS = "org.osgi.framework,org.liveupdate.api,org.liveupdate.kho";
    private static final AtomicLong LOCATIONS = new AtomicLong();

    private final BundleJar jar;

    private PoolBundle(BundleJar jar) {
        this.jar = jar;
    }

    /** A provider that imports the shared types. */
    static PoolBundle version(String version) {
        return named(NAME, version);
    }

    static PoolBundle named(String symbolicName, String version) {
        return new PoolBundle(provider(symbolicName, version).header(Constants.IMPORT_PACKAGE,
                IMPORTS + ',' + TYPES + ";version=\"[1,2)\""));
    }

    /** A provider that has the types in its own jar and exports them: its users are wired to it. */
    static PoolBundle exporting(String version) {
        return new PoolBundle(provider(NAME, version).with(Pool.class).header(Constants.IMPORT_PACKAGE, IMPORTS)
                .header(Constants.EXPORT_PACKAGE, TYPES + ";version=2"));
    }

    private static BundleJar provider(String symbolicName, String version) {
        return new BundleJar(symbolicName, version).header(Constants.BUNDLE_ACTIVATOR, PoolProvider.class.getName())
                .with(PoolProvider.class, PoolFlb.class, NumberHandler.class).with(classes("CountingPool", "Blocks"));
    }

    /** The bundle with the shared types. */
    static PoolBundle types() {
        return new PoolBundle(new BundleJar("test.types", "1.0.0").with(Pool.class).header(Constants.EXPORT_PACKAGE,
                TYPES + ";version=1"));
    }

    /** A bundle that uses the pool; {@code types} is the version range of the types it is wired to. */
    static PoolBundle user(int number, String types) {
        return new PoolBundle(new BundleJar("test.user-" + number, "1.0.0")
                .header(Constants.BUNDLE_ACTIVATOR, PoolUser.class.getName()).with(PoolUser.class)
                .header(Constants.IMPORT_PACKAGE, IMPORTS + ',' + TYPES + ";version=\"" + types + '"'));
    }

    /** A bundle that does what a test outside of the framework tells it. */
    static PoolBundle agent() {
        return new PoolBundle(new BundleJar("test.agent", "1.0.0")
                .header(Constants.BUNDLE_ACTIVATOR, Agent.class.getName()).with(Agent.class)
                .header(Constants.IMPORT_PACKAGE, IMPORTS + ',' + TYPES + ";version=\"[1,2)\""));
    }

    /** Classes that only their package sees. */
    private static Class<?>[] classes(String... names) {
        return Arrays.stream(names).map(name -> {
            try {
                return Class.forName(PoolProvider.class.getPackageName() + '.' + name);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }).toArray(Class<?>[]::new);
    }

    PoolBundle failing(String what) {
        jar.header(PoolProvider.FAILS, what);
        return this;
    }

    PoolBundle without(String what) {
        jar.header(PoolProvider.WITHOUT, what);
        return this;
    }

    InputStream content() throws IOException {
        return jar.content();
    }

    /** A location that no bundle has. */
    static String location() {
        return "test:pool-" + LOCATIONS.incrementAndGet();
    }

    Bundle deploy(BundleContext context) throws IOException, BundleException {
        Bundle bundle = context.installBundle(location(), content());
        bundle.start();
        return bundle;
    }

    /** Takes away whatever a test has left of all of them. */
    static void removeAll(BundleContext context) throws BundleException {
        for (Bundle bundle : Stream.of(context.getBundles()).filter(PoolBundle::isOurs).toList()) {
            bundle.uninstall();
        }
    }

    private static boolean isOurs(Bundle bundle) {
        return bundle.getLocation().startsWith("test:pool-");
    }
}
