package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** Why can this session not be finished, closed or handed over? */
final class SessionQuestion implements Question {
    @Override
    public List<Explanation> answer(String name, Situation situation) {
        return situation.sessions().filter(session -> session.name.equals(name))
                .map(session -> new Explanation(title(session), findings(session, situation))).toList();
    }

    @Override
    public Stream<String> names(Situation situation) {
        return situation.sessions().map(session -> session.name);
    }

    /** As the core names it. */
    static String title(SessionDTO session) {
        return session.side.toLowerCase(Locale.ROOT) + " session \"" + session.name + '"';
    }

    private static List<Finding> findings(SessionDTO session, Situation situation) {
        List<Finding> findings = new ArrayList<>();
        boolean incoming = session.side.equals("INCOMING");
        String name = Files.quoted(session.name);
        if (session.files.length == 0) {
            findings.add(Finding.fact("it holds no file, and is in nobody's way"));
        } else if (incoming) {
            findings.add(Finding.trouble("it holds " + Files.count(session.files.length)
                    + " that nobody has finished: a live update is refused with EBUSY until they are",
                    "liveupdate:retrieve " + name + " TOKEN gets one, liveupdate:finish " + name + " finishes all"));
        } else {
            findings.add(Finding.fact("it holds " + Files.count(session.files.length)
                    + ", which the next live update carries over; liveupdate:close " + name + " lets go of them"));
        }
        if (incoming && session.open) {
            findings.add(Finding.hint("somebody has it open, so nobody else can retrieve it (EINVAL)",
                    "whoever has it closes it, or its bundle is stopped"));
        }
        troubles(session, situation, findings);
        SlowCallbacks.of(situation, callback -> session.name.equals(callback.session)).forEach(findings::add);
        return findings;
    }

    private static void troubles(SessionDTO session, Situation situation, List<Finding> findings) {
        Map<String, List<FileDTO>> unserved = Arrays.stream(session.files).filter(Files::isUnserved)
                .collect(Collectors.groupingBy(file -> file.compatible, LinkedHashMap::new, Collectors.toList()));
        unserved.forEach((compatible, files) -> {
            findings.add(Files.unserved(files));
            if (situation.handlers(compatible).noneMatch(handler -> handler.registered)) {
                findings.addAll(MissingProvider.explain(Kind.HANDLER, compatible, Files.owner(files), situation));
            }
        });
        Arrays.stream(session.files).filter(file -> file.state.equals("FAILED"))
                .forEach(file -> findings.add(TokenQuestion.failed(file, session)));
    }
}
