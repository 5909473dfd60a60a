package org.liveupdate.core.osgi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Bundles as modules. Synchronous, so that a bundle on its way out is GOING, and what it preserved is detached, before
 * its activator is called. It blocks whoever stops the bundle for at most the detach deadline.
 */
final class BundleModules implements SynchronousBundleListener {
    private final Orchestrator core;
    private final BundleContext context;
    /** Told when a bundle is on its way out. */
    private final Consumer<Module> leaving;
    private final Map<Long, Module> modules = new ConcurrentHashMap<>();

    BundleModules(Orchestrator core, BundleContext context, Consumer<Module> leaving) {
        this.core = core;
        this.context = context;
        this.leaving = leaving;
    }

    void open() {
        context.addBundleListener(this);
    }

    void close() {
        context.removeBundleListener(this);
    }

    Module of(Bundle bundle) {
        return modules.computeIfAbsent(bundle.getBundleId(),
                id -> Module.of(bundle.getSymbolicName(), bundle.getVersion().toString(), id,
                        state(bundle.getState())).signedBy(signer(bundle)));
    }

    /** The digest of the certificate that a bundle is signed with, or an empty string. */
    private static String signer(Bundle bundle) {
        for (X509Certificate certificate : bundle.getSignerCertificates(Bundle.SIGNERS_ALL).keySet()) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
                throw new IllegalStateException("a certificate of " + bundle + " cannot be read", e);
            }
        }
        return "";
    }

    private static Module.State state(int bundleState) {
        return switch (bundleState) {
            case Bundle.STARTING -> Module.State.COMING;
            case Bundle.ACTIVE -> Module.State.LIVE;
            default -> Module.State.GOING;
        };
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STARTING, BundleEvent.LAZY_ACTIVATION -> become(bundle, Module.State.COMING);
            case BundleEvent.STARTED -> become(bundle, Module.State.LIVE);
            case BundleEvent.STOPPING -> leave(bundle);
            case BundleEvent.STOPPED -> become(bundle, Module.State.GOING);
            // another version may follow under the same id: it is another module then
            case BundleEvent.UPDATED, BundleEvent.UNINSTALLED -> modules.remove(bundle.getBundleId());
            default -> {}
        }
    }

    private void become(Bundle bundle, Module.State state) {
        Module module = modules.get(bundle.getBundleId());
        if (module != null) {
            core.owners().moduleState(module, state);
        }
    }

    private void leave(Bundle bundle) {
        Module module = modules.get(bundle.getBundleId());
        if (module != null) {
            core.owners().moduleState(module, Module.State.GOING);
            leaving.accept(module);
        }
    }
}
