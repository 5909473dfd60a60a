package org.liveupdate.core.osgi;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.journal.Journal;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Finds out whether a bundle could take the place of another one: it is installed and resolved, and uninstalled again. None
 * of its code runs, so what it offers is what it declares as capabilities.
 */
final class SwapPreflight {
    private static final String COMPATIBLE = "compatible";
    private static final Map<String, String> KINDS =
            Map.of(LiveUpdateConstants.HANDLER_NAMESPACE, "handler ", LiveUpdateConstants.FLB_NAMESPACE, "FLB ");

    private final BundleContext context;
    private final Journal journal;
    /** What it has to offer: {@code handler NAME} and {@code FLB NAME}. */
    private final List<String> needed;

    SwapPreflight(BundleContext context, Journal journal, List<String> needed) {
        this.context = context;
        this.journal = journal;
        this.needed = needed;
    }

    /** What would be refused, one line each. */
    List<String> run(String location, InputStream content) {
        if (context.getBundle(location) != null) {
            return List.of("there is a bundle at " + location + " already; give the new one another location");
        }
        Bundle candidate;
        try {
            candidate = context.installBundle(location, content);
        } catch (BundleException e) {
            return List.of(location + " cannot be installed: " + e.getMessage());
        }
        try {
            return obstacles(candidate);
        } finally {
            remove(candidate);
        }
    }

    private List<String> obstacles(Bundle candidate) {
        List<String> obstacles = new ArrayList<>();
        FrameworkWiring framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (!framework.resolveBundles(List.of(candidate))) {
            obstacles.add(candidate + " does not resolve: something that it imports or requires is missing");
        }
        List<String> lacking = new ArrayList<>(needed);
        lacking.removeAll(declared(candidate.adapt(BundleRevision.class)));
        if (!lacking.isEmpty()) {
            obstacles.add(candidate + " does not declare what is in use: " + lacking
                    + "; the swap is refused unless it offers that all the same");
        }
        return obstacles;
    }

    private static List<String> declared(BundleRevision revision) {
        return KINDS.entrySet().stream()
                .flatMap(kind -> revision.getDeclaredCapabilities(kind.getKey()).stream()
                        .map(capability -> kind.getValue() + capability.getAttributes().get(COMPATIBLE)))
                .toList();
    }

    private void remove(Bundle candidate) {
        try {
            candidate.uninstall();
        } catch (BundleException | IllegalStateException e) {
            journal.write(EventId.NOT_REMOVED, candidate, Errno.EIO,
                    candidate + " could not be uninstalled after it was looked at: " + e.getMessage());
        }
    }
}
