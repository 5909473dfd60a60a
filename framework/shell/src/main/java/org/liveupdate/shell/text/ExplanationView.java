package org.liveupdate.shell.text;

import java.util.List;
import java.util.stream.Collectors;
import org.liveupdate.shell.why.Explanation;
import org.liveupdate.shell.why.Finding;

/** Answers: what each is about, a sentence for each finding, and behind an arrow what to do. */
final class ExplanationView extends View<Explanation> {
    ExplanationView() {
        super(Explanation.class);
    }

    @Override
    String text(List<Explanation> explanations) {
        return explanations.stream().map(ExplanationView::text).collect(Collectors.joining("\n"));
    }

    private static String text(Explanation explanation) {
        return explanation.subject() + ":" + explanation.findings().stream().map(ExplanationView::text)
                .collect(Collectors.joining());
    }

    private static String text(Finding finding) {
        return "\n  " + finding.sentence() + (finding.remedy() == null ? "" : "\n    -> " + finding.remedy());
    }
}
