package org.liveupdate.shell.why;

import java.util.List;
import java.util.Set;

/**
 * What the framework knows of a bundle.
 *
 * @param id
 *            bundle id
 * @param symbolicName
 *            never null
 * @param version
 *            never null
 * @param state
 *            the state's name, such as {@code ACTIVE}
 * @param flbs
 *            compatible strings of the FLBs that its manifest declares
 * @param handlers
 *            those of the file handlers
 * @param waiting
 *            what its components wait for, one sentence each
 */
public record BundleFacts(long id, String symbolicName, String version, String state, Set<String> flbs,
        Set<String> handlers, List<String> waiting) {
    boolean isActive() {
        return state.equals("ACTIVE");
    }

    /** Whether its manifest says that it provides this. */
    boolean declares(Kind kind, String compatible) {
        return (kind == Kind.FLB ? flbs : handlers).contains(compatible);
    }

    /** As the core names its module: symbolic name and version. */
    String module() {
        return symbolicName + ' ' + version;
    }

    @Override
    public String toString() {
        return "bundle " + id + " (" + module() + ")";
    }
}
