package org.liveupdate.shell.why;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.shell.text.Samples;

/** A made-up situation, and what is said about it. */
final class Scene {
    final RuntimeDTO core = Samples.core();
    private final List<BundleFacts> bundles = new ArrayList<>();
    private String noKexec = "";

    Scene bundle(long id, String symbolicName, String state, Set<String> handlers, Set<String> flbs,
            String... waiting) {
        bundles.add(new BundleFacts(id, symbolicName, "1.0.0", state, flbs, handlers, List.of(waiting)));
        return this;
    }

    Scene handlers(HandlerDTO... handlers) {
        core.handlers = handlers;
        return this;
    }

    Scene flbs(FlbDTO... flbs) {
        core.flbs = flbs;
        return this;
    }

    Scene incoming(IncomingFlbDTO... flbs) {
        core.incoming = flbs;
        return this;
    }

    Scene sessions(SessionDTO... sessions) {
        core.sessions = sessions;
        return this;
    }

    Scene modules(ModuleDTO... modules) {
        core.modules = modules;
        return this;
    }

    Scene refused(RefusedDTO... refused) {
        core.refused = refused;
        return this;
    }

    Scene callbacks(CallbackDTO... callbacks) {
        core.callbacks = callbacks;
        return this;
    }

    Scene noKexec(String why) {
        noKexec = why;
        return this;
    }

    private Situation situation() {
        return new Situation(core, bundles, noKexec);
    }

    List<Explanation> about(String name) throws LiveUpdateException {
        return Why.about(name, situation());
    }

    /** The only thing of that name: what is said, a line for each sentence, and each remedy behind an arrow. */
    void says(String name, String expected) throws LiveUpdateException {
        List<Explanation> explanations = about(name);
        assertEquals(1, explanations.size(), explanations::toString);
        assertEquals(expected, text(explanations.get(0)));
    }

    void saysOfEverything(String expected) {
        assertEquals(expected, Why.everything(situation()).stream().map(Scene::text).collect(Collectors.joining("\n")));
    }

    private static String text(Explanation explanation) {
        return explanation.subject() + "\n" + explanation.findings().stream().map(finding -> finding.sentence()
                + (finding.remedy() == null ? "" : " -> " + finding.remedy())).collect(Collectors.joining("\n"));
    }
}
