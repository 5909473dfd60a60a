package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;

/** Why is this bundle not up, what is it waited for, and why can it not be unloaded? */
final class BundleQuestion implements Question {
    @Override
    public List<Explanation> answer(String name, Situation situation) {
        return situation.bundles().stream()
                .filter(bundle -> name.equals(Long.toString(bundle.id())) || name.equals(bundle.symbolicName())
                        || name.equals(bundle.module()))
                .map(bundle -> new Explanation(bundle.toString(), findings(bundle, situation))).toList();
    }

    @Override
    public Stream<String> names(Situation situation) {
        return situation.bundles().stream().filter(bundle -> concerns(bundle, situation))
                .map(BundleFacts::symbolicName);
    }

    private static boolean concerns(BundleFacts bundle, Situation situation) {
        return !bundle.flbs().isEmpty() || !bundle.handlers().isEmpty()
                || module(bundle, situation).findAny().isPresent();
    }

    private static Stream<ModuleDTO> module(BundleFacts bundle, Situation situation) {
        return Arrays.stream(situation.core().modules).filter(module -> module.bundle == bundle.id());
    }

    private static List<Finding> findings(BundleFacts bundle, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        if (!bundle.isActive()) {
            findings.add(MissingProvider.notStarted(bundle, "it is " + bundle.state()));
        }
        leftBehind(bundle, situation, findings);
        findings.addAll(MissingProvider.waiting(bundle));
        Arrays.stream(situation.core().refused).filter(refused -> refused.module.equals(bundle.module()))
                .forEach(refused -> findings.add(Finding.trouble(
                        "its " + Kind.valueOf(refused.kind) + ' ' + refused.compatible + " was refused with "
                                + refused.errno + ": " + refused.reason,
                        "it is tried again by itself when the reason is gone")));
        Arrays.stream(situation.core().handlers).filter(handler -> handler.module.equals(bundle.module()))
                .forEach(handler -> lacking(handler, situation, findings));
        SlowCallbacks.of(situation, callback -> callback.module.equals(bundle.module())).forEach(findings::add);
        module(bundle, situation).filter(module -> module.usedBy.length > 0)
                .forEach(module -> findings.add(pinned(bundle, module)));
        if (findings.isEmpty()) {
            findings.add(Finding.fact(concerns(bundle, situation)
                    ? "it is active, and nobody holds a reference on it: it can be unloaded"
                    : "it is active, and provides nothing for live update"));
        }
        return findings;
    }

    /** What waits for this bundle because it was the one that preserved it. */
    private static void leftBehind(BundleFacts bundle, Situation situation, List<Finding> findings) {
        situation.sessions().forEach(session -> {
            long waiting = Arrays.stream(session.files)
                    .filter(file -> bundle.symbolicName().equals(file.owner) && Files.isUnserved(file)).count();
            if (waiting > 0) {
                findings.add(Finding.trouble(Files.count(waiting) + " of session \"" + session.name
                        + "\" that it preserved " + (waiting == 1 ? "waits" : "wait") + " for it",
                        "liveupdate:why " + Files.quoted(session.name) + " says more"));
            }
        });
    }

    private static void lacking(HandlerDTO handler, Situation situation, List<Finding> findings) {
        for (String flb : handler.missing) {
            findings.add(HandlerQuestion.unsatisfied(handler, flb));
            findings.addAll(MissingProvider.explain(Kind.FLB, flb, null, situation));
        }
    }

    private static Finding pinned(BundleFacts bundle, ModuleDTO module) {
        return Finding.hint("it cannot be unloaded while it is used by " + String.join(", ", module.usedBy),
                "close or finish those; or replace it while they stay: liveupdate:swap " + bundle.id()
                        + " URL; or detach them first: liveupdate:unload --force " + bundle.id());
    }
}
