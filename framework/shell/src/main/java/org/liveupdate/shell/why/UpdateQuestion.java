package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** Why would a live update be refused now? */
final class UpdateQuestion implements Question {
    private static final Set<String> NAMES = Set.of("kexec", "update");

    @Override
    public List<Explanation> answer(String name, Situation situation) {
        return NAMES.contains(name) ? List.of(explain(situation)) : List.of();
    }

    @Override
    public Stream<String> names(Situation situation) {
        return NAMES.stream().sorted();
    }

    static Explanation explain(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        standing(situation.core(), findings);
        if (!situation.noKexec().isEmpty()) {
            findings.add(Finding.fact(situation.noKexec()));
        }
        situation.sessions().filter(session -> session.side.equals("INCOMING") && session.files.length > 0)
                .forEach(session -> findings.add(Finding.trouble(
                        SessionQuestion.title(session) + " holds " + Files.count(session.files.length)
                                + " that nobody has finished",
                        "liveupdate:finish " + Files.quoted(session.name))));
        situation.sessions().filter(session -> session.side.equals("OUTGOING")).forEach(session -> {
            long detached = Arrays.stream(session.files).filter(Files::isUnserved).count();
            if (detached > 0) {
                findings.add(Finding.trouble(Files.count(detached) + " of " + SessionQuestion.title(session)
                        + (detached == 1 ? " has" : " have") + " no provider that could freeze "
                        + (detached == 1 ? "it" : "them"),
                        "liveupdate:why " + Files.quoted(session.name) + " says which one is missing"));
            }
        });
        Arrays.stream(situation.core().flbs).filter(flb -> flb.detached != null && flb.files > 0)
                .forEach(flb -> findings.add(Finding.trouble("FLB " + flb.compatible + " is " + flb.detached
                        + "; if it has a freeze callback, the update waits for it",
                        "liveupdate:why " + flb.compatible)));
        SlowCallbacks.of(situation, callback -> true).forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.hint("nothing in this generation is in the way",
                    "liveupdate:plan kexec asks a successor what it can read"));
        }
        return new Explanation("a live update", findings);
    }

    private static void standing(RuntimeDTO core, List<Finding> findings) {
        if (!core.enabled) {
            findings.add(Finding.trouble("live update is switched off: everything is EOPNOTSUPP",
                    "start with the property liveupdate.enabled=true, the default"));
        } else if (!core.phase.equals("RUNNING")) {
            findings.add(Finding.trouble("this generation is not in charge, but " + core.phase
                    + ": an update is under way, or this is a successor that waits for an image", null));
        }
    }
}
