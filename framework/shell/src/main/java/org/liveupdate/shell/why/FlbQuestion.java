package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;

/** Why is this FLB not there, not retrieved, or not let go of? */
final class FlbQuestion implements Question {
    @Override
    public List<Explanation> answer(String name, Situation situation) {
        return names(situation).anyMatch(name::equals)
                ? List.of(new Explanation("FLB " + name, findings(name, situation)))
                : List.of();
    }

    @Override
    public Stream<String> names(Situation situation) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(situation.core().flbs).forEach(flb -> names.add(flb.compatible));
        Arrays.stream(situation.core().incoming).forEach(flb -> names.add(flb.compatible));
        Arrays.stream(situation.core().handlers).forEach(handler -> names.addAll(List.of(handler.missing)));
        situation.files().forEach(file -> names.addAll(List.of(file.flbs)));
        situation.refused(Kind.FLB).forEach(refused -> names.add(refused.compatible));
        situation.bundles().forEach(bundle -> names.addAll(bundle.flbs()));
        return names.stream();
    }

    private static List<Finding> findings(String name, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        boolean provided = false;
        for (FlbDTO flb : situation.flbs(name).toList()) {
            findings.add(outgoing(flb));
            provided |= flb.detached == null;
        }
        Arrays.stream(situation.core().handlers).filter(handler -> List.of(handler.missing).contains(name))
                .forEach(handler -> findings.add(HandlerQuestion.unsatisfied(handler, name)));
        boolean there = provided;
        String owner = null;
        for (IncomingFlbDTO flb : situation.core().incoming) {
            if (flb.compatible.equals(name)) {
                findings.add(incoming(flb, there));
                owner = flb.owner;
            }
        }
        if (!there) {
            findings.addAll(MissingProvider.explain(Kind.FLB, name, owner, situation));
        } else {
            situation.refused(Kind.FLB, name).forEach(refused -> findings.add(Finding.trouble(refused.module
                    + " offers it, too, and was refused with " + refused.errno + ": " + refused.reason,
                    "the other one stays in charge; liveupdate:swap replaces it")));
        }
        SlowCallbacks.of(situation, callback -> callback.compatible.equals(name)).forEach(findings::add);
        return findings;
    }

    private static Finding outgoing(FlbDTO flb) {
        if (flb.detached != null) {
            return Finding.trouble("its state is preserved for " + Files.count(flb.files) + ", and nobody serves it: "
                    + flb.detached, "everything stays as it is until then; getting it is ENODEV");
        }
        if (flb.links == 0) {
            return Finding.fact(flb.module + " provides it; no registered handler names it, so it is not used");
        }
        return Finding.fact(flb.state.equals("IDLE")
                ? flb.module
                        + " provides it; no preserved file depends on it, so nothing is saved and getting it is ENOENT"
                : flb.module + " provides it; it is " + flb.state + " until " + Files.count(flb.files) + " and "
                        + flb.handles + (flb.handles == 1 ? " open handle" : " open handles")
                        + " that use it are gone");
    }

    private static Finding incoming(IncomingFlbDTO flb, boolean provided) {
        String who = "handed over, " + flb.state + ", for " + Files.count(flb.files);
        return switch (flb.state) {
            case "FAILED" -> Finding.trouble(who + ": retrieving it failed: " + flb.failure,
                    "install a version of its bundle that can read it; " + giveUp(flb));
            case "DETACHED" -> Finding.trouble(who + ": " + flb.detached, giveUp(flb));
            case "PENDING" -> provided
                    ? Finding.fact(
                            who + ": it is retrieved when somebody asks for it, or when the last file is finished")
                    : Finding.trouble(who + ": nobody is there who could retrieve it", giveUp(flb));
            default -> Finding.fact(who);
        };
    }

    private static String giveUp(IncomingFlbDTO flb) {
        return flb.files > 0 ? "it can be given up once its files are finished"
                : "or give it up: liveupdate:discard " + flb.compatible;
    }
}
