package org.liveupdate.shell;

import java.util.List;
import java.util.stream.Collectors;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.framework.Bundle;

/** How people name a bundle: by its id or its symbolic name. */
final class BundleArgument {
    private final List<Bundle> installed;

    BundleArgument(Bundle... installed) {
        this.installed = List.of(installed);
    }

    /**
     * The bundle that is meant.
     *
     * @throws LiveUpdateException
     *             {@code ENOENT} there is none; {@code EINVAL} several have that symbolic name
     */
    Bundle find(String argument) throws LiveUpdateException {
        List<Bundle> found = installed.stream().filter(bundle -> argument.equals(Long.toString(bundle.getBundleId()))
                || argument.equals(bundle.getSymbolicName())).toList();
        if (found.isEmpty()) {
            throw new LiveUpdateException(Errno.ENOENT, "no bundle has the id or symbolic name " + argument
                    + "; lb -s lists those that are installed");
        }
        if (found.size() > 1) {
            throw new LiveUpdateException(Errno.EINVAL, "several bundles are called " + argument + ": give an id, "
                    + ids(found));
        }
        return found.get(0);
    }

    /** As the core names it, the same on every framework: symbolic name and version. */
    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }

    private static String ids(List<Bundle> bundles) {
        return bundles.stream().map(bundle -> bundle.getBundleId() + " for version " + bundle.getVersion())
                .collect(Collectors.joining(", "));
    }
}
