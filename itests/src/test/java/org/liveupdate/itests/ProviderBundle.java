package org.liveupdate.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.LiveUpdateConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** A real bundle, empty, on whose behalf a test registers services: they are owned by it and go with it. */
final class ProviderBundle implements AutoCloseable {
    private final Bundle bundle;

    private ProviderBundle(Bundle bundle) {
        this.bundle = bundle;
    }

    /** Installs and starts a bundle. */
    static ProviderBundle deploy(BundleContext context, String symbolicName) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", symbolicName);
        headers.putValue("Bundle-Version", "1.0.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        Bundle bundle = context.installBundle("test:" + symbolicName, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return new ProviderBundle(bundle);
    }

    Bundle bundle() {
        return bundle;
    }

    ServiceRegistration<?> flb(String compatible, Flb<?> flb) {
        return register(Flb.class, flb, Map.of(LiveUpdateConstants.COMPATIBLE, compatible));
    }

    ServiceRegistration<?> handler(String compatible, FileHandler<?> handler, String... flbs) {
        return register(FileHandler.class, handler,
                Map.of(LiveUpdateConstants.COMPATIBLE, compatible, LiveUpdateConstants.FLBS, flbs));
    }

    private ServiceRegistration<?> register(Class<?> type, Object service, Map<String, ?> properties) {
        return bundle.getBundleContext().registerService(type.getName(), service, new Hashtable<>(properties));
    }

    @Override
    public void close() throws BundleException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }
}
