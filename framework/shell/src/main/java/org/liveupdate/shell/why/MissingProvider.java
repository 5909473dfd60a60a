package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.List;

/** Why nobody serves a compatible string, and how somebody can be had who does. */
final class MissingProvider {
    private MissingProvider() {}

    /**
     * What is known about those who could serve it.
     *
     * @param owner
     *            symbolic name of the bundle that preserved what is to be served, or null
     * @return at least one finding
     */
    static List<Finding> explain(Kind kind, String compatible, String owner, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        situation.refused(kind, compatible).forEach(refused -> findings.add(Finding.trouble(
                refused.module + " offers " + kind + ' ' + compatible + ", but was refused with " + refused.errno + ": "
                        + refused.reason,
                "it is tried again by itself when the reason is gone")));
        for (BundleFacts bundle : situation.bundles()) {
            boolean declares = bundle.declares(kind, compatible);
            if (findings.isEmpty() && (declares || bundle.symbolicName().equals(owner))) {
                findings.addAll(candidate(bundle, declares ? "provides " + kind + ' ' + compatible
                        : "preserved it"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.trouble("no installed bundle provides " + kind + ' ' + compatible,
                    "install and start " + (owner == null ? "a bundle that provides it" : owner)
                            + ": felix:install URL, felix:start ID"));
        }
        return findings;
    }

    private static List<Finding> candidate(BundleFacts bundle, String why) {
        String who = bundle + ", which " + why + ", is " + bundle.state();
        if (!bundle.isActive()) {
            return List.of(notStarted(bundle, who));
        }
        if (bundle.waiting().isEmpty()) {
            return List.of(Finding.trouble(who + ", but has registered no service for it",
                    "see its own log; felix:stop " + bundle.id() + " and felix:start " + bundle.id()
                            + " let it try again"));
        }
        return waiting(bundle);
    }

    /** What keeps a bundle from being started. */
    static Finding notStarted(BundleFacts bundle, String who) {
        return bundle.state().equals("INSTALLED")
                ? Finding.trouble(who + ": something that it requires is missing, so it cannot be resolved",
                        "felix:start " + bundle.id() + " says what is missing")
                : Finding.trouble(who + ", not started", "felix:start " + bundle.id());
    }

    /** What the components of a started bundle wait for. */
    static List<Finding> waiting(BundleFacts bundle) {
        return bundle.waiting().stream()
                .map(sentence -> Finding.trouble("in " + bundle + ' ' + sentence,
                        "it goes on by itself as soon as that is there"))
                .toList();
    }
}
