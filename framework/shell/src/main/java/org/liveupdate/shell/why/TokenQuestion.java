package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** Why can the file with this token not be had? The same token may stand in several sessions. */
final class TokenQuestion implements Question {
    @Override
    public List<Explanation> answer(String name, Situation situation) {
        List<Explanation> explanations = new ArrayList<>();
        situation.sessions().forEach(session -> Arrays.stream(session.files)
                .filter(file -> name.equals(Long.toString(file.token)))
                .forEach(file -> explanations.add(new Explanation(
                        "file " + file.token + " of " + SessionQuestion.title(session),
                        findings(file, session, situation)))));
        return explanations;
    }

    /** None: sessions have too many of them to be listed. */
    @Override
    public Stream<String> names(Situation situation) {
        return Stream.empty();
    }

    private static List<Finding> findings(FileDTO file, SessionDTO session, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        String flbs = file.flbs.length == 0 ? "" : ", and holds FLB " + String.join(", ", file.flbs);
        switch (file.state) {
            case "FAILED" -> findings.add(failed(file, session));
            case "DETACHED", "WAITING" -> {
                findings.add(Files.unserved(List.of(file)));
                if (situation.handlers(file.compatible).noneMatch(handler -> handler.registered)) {
                    findings.addAll(MissingProvider.explain(Kind.HANDLER, file.compatible, file.owner, situation));
                }
            }
            case "KNOWN" -> findings.add(Finding.hint("it was handed over, is served by handler " + file.compatible
                    + flbs + "; nobody has retrieved it yet",
                    "liveupdate:retrieve " + Files.quoted(session.name) + ' ' + file.token));
            default -> findings.add(Finding.fact("it is " + file.state + " by handler " + file.compatible + flbs));
        }
        for (String flb : file.flbs) {
            if (situation.flbs(flb).allMatch(each -> each.detached != null)) {
                findings.addAll(MissingProvider.explain(Kind.FLB, flb, null, situation));
            }
        }
        return findings;
    }

    /** A file whose handler could not retrieve it. */
    static Finding failed(FileDTO file, SessionDTO session) {
        return Finding.trouble("retrieving file " + file.token + " failed, and fails the same way each time"
                + (file.failure == null ? "" : ": " + file.failure),
                "swap in a version of handler " + file.compatible
                        + " that can read it; or give the file up: liveupdate:discard " + Files.quoted(session.name)
                        + ' ' + file.token);
    }
}
