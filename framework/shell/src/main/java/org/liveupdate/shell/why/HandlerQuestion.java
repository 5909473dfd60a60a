package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;

/** Why does this file handler not serve, or what does it serve? */
final class HandlerQuestion implements Question {
    @Override
    public List<Explanation> answer(String name, Situation situation) {
        return names(situation).anyMatch(name::equals)
                ? List.of(new Explanation("handler " + name, findings(name, situation)))
                : List.of();
    }

    @Override
    public Stream<String> names(Situation situation) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(situation.core().handlers).forEach(handler -> names.add(handler.compatible));
        situation.files().forEach(file -> names.add(file.compatible));
        situation.refused(Kind.HANDLER).forEach(refused -> names.add(refused.compatible));
        situation.bundles().forEach(bundle -> names.addAll(bundle.handlers()));
        return names.stream();
    }

    private static List<Finding> findings(String name, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        List<FileDTO> unserved = situation.files()
                .filter(file -> file.compatible.equals(name) && Files.isUnserved(file)).toList();
        boolean registered = false;
        for (HandlerDTO handler : situation.handlers(name).toList()) {
            findings.add(standing(handler));
            registered |= handler.registered;
            for (String flb : handler.missing) {
                findings.add(unsatisfied(handler, flb));
                findings.addAll(MissingProvider.explain(Kind.FLB, flb, null, situation));
            }
        }
        if (!unserved.isEmpty()) {
            findings.add(0, Files.unserved(unserved));
        }
        if (!registered) {
            findings.addAll(MissingProvider.explain(Kind.HANDLER, name, Files.owner(unserved), situation));
        }
        SlowCallbacks.of(situation, callback -> callback.compatible.equals(name)).forEach(findings::add);
        return findings;
    }

    private static Finding standing(HandlerDTO handler) {
        return Finding.fact(handler.registered
                ? handler.module + " provides it; " + Files.count(handler.files) + " held"
                : handler.module + " has withdrawn it, and goes on serving " + Files.count(handler.files)
                        + "; no further file can be preserved with it");
    }

    /** A handler without one of its FLBs. */
    static Finding unsatisfied(HandlerDTO handler, String flb) {
        return Finding.trouble("handler " + handler.compatible + " needs FLB " + flb
                + ", which is not there: preserving one of its files is ENODEV", null);
    }
}
