package org.liveupdate.shell.why;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Answers {@code why} from one {@link Situation}. Stateless. */
public final class Why {
    private static final List<Question> QUESTIONS = List.of(new UpdateQuestion(), new BundleQuestion(),
            new HandlerQuestion(), new FlbQuestion(), new SessionQuestion(), new TokenQuestion());
    /** What an overview looks at: the troubles of sessions and bundles show in these, too. */
    private static final List<Question> OVERVIEW = List.of(new HandlerQuestion(), new FlbQuestion());

    private Why() {}

    /**
     * Explains whatever has a name; there may be several things.
     *
     * @param name
     *            id or symbolic name of a bundle, compatible string, session name, token, or {@code kexec}
     * @param situation
     *            what is known
     * @return at least one answer
     * @throws LiveUpdateException
     *             {@code ENOENT} nothing has this name; the message lists the names that there are
     */
    public static List<Explanation> about(String name, Situation situation) throws LiveUpdateException {
        List<Explanation> answers = QUESTIONS.stream().flatMap(question -> question.answer(name, situation).stream())
                .toList();
        if (answers.isEmpty()) {
            throw new LiveUpdateException(Errno.ENOENT,
                    "nothing is called " + name + "; ask about a bundle's id, a token, or one of "
                            + QUESTIONS.stream().flatMap(question -> question.names(situation)).distinct().sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return answers;
    }

    /**
     * Explains everything that is in trouble.
     *
     * @param situation
     *            what is known
     * @return one answer that says so if nothing is
     */
    public static List<Explanation> everything(Situation situation) {
        List<Explanation> troubles = new ArrayList<>();
        Stream<Explanation> all = Stream.concat(Stream.of(UpdateQuestion.explain(situation)),
                OVERVIEW.stream().flatMap(question -> question.names(situation)
                        .flatMap(name -> question.answer(name, situation).stream())));
        all.forEach(explanation -> {
            List<Finding> found = explanation.findings().stream().filter(Finding::trouble).toList();
            if (!found.isEmpty()) {
                troubles.add(new Explanation(explanation.subject(), found));
            }
        });
        return troubles.isEmpty()
                ? List.of(new Explanation("everything", List.of(Finding.fact("nothing is in trouble"))))
                : troubles;
    }
}
