package org.liveupdate.itests.support;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A fresh container for each test, driven from outside.
 *
 * <pre>
 * &#64;RegisterExtension
 * final OsgiContainer osgi = new OsgiContainer(new LiveUpdateBundles());
 * </pre>
 *
 * The classes of the bundles are not those on the test's class path: services are reached as {@code Object}. A
 * {@link BundleContext} parameter of a test is the system bundle's. Not thread-safe.
 */
public final class OsgiContainer implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final long SERVICE_TIMEOUT_MILLIS = 5_000;

    private final Supplier<Option[]> options;
    private Container container;

    /**
     * A container yet to be started.
     *
     * @param options
     *            its configuration, asked for before each test
     */
    public OsgiContainer(Supplier<Option[]> options) {
        this.options = options;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        container = Container.start(options.get());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (container != null) {
            container.close();
            container = null;
        }
    }

    /**
     * Shuts the framework down and starts another one, with the bundles of the configuration only.
     *
     * @throws IOException
     *             it cannot be started
     */
    public void restart() throws IOException {
        container.close();
        container = Container.start(options.get());
    }

    /**
     * The running framework's context.
     *
     * @return the system bundle's
     */
    public BundleContext context() {
        return container.context();
    }

    /**
     * An installed bundle.
     *
     * @param symbolicName
     *            which
     * @return the one with that name
     */
    public Bundle bundle(String symbolicName) {
        return Arrays.stream(context().getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst().orElseThrow(() -> new AssertionError("no bundle " + symbolicName + " is installed"));
    }

    /**
     * Installs and starts a bundle of the class path.
     *
     * @param symbolicName
     *            which
     * @return the bundle, ACTIVE
     * @throws Exception
     *             what the framework says when it cannot be
     */
    public Bundle deploy(String symbolicName) throws Exception {
        Bundle bundle = context().installBundle(Bundles.location(symbolicName));
        bundle.start();
        return bundle;
    }

    /**
     * A service, in the class space of whoever registered it; it is waited for.
     *
     * @param type
     *            the name of the type it is registered with
     * @return the best one
     * @throws InterruptedException
     *             when the waiting thread is interrupted
     */
    public Object service(String type) throws InterruptedException {
        return Services.await(context(), type, "", SERVICE_TIMEOUT_MILLIS);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == BundleContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return context();
    }
}
