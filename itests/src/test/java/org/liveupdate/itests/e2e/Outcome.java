package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a run ended.
 *
 * @param status
 *            its exit status
 * @param out
 *            lines of its standard output
 * @param err
 *            lines of its standard error
 */
record Outcome(int status, List<String> out, List<String> err) {
    private static final Pattern STACK_TRACE =
            Pattern.compile(
                    "\\s+at [\\w.$/]+\\(.*|Exception in thread .*|java\\.\\S+(Exception|Error).*");

    /** Success, without a word of complaint. */
    Outcome succeeded() {
        assertEquals(List.of(), err, this::toString);
        return ended(0);
    }

    /** What is told to the user is text, not a stack trace. */
    Outcome ended(int expected) {
        assertEquals(expected, status, this::toString);
        assertTrue(Stream.concat(out.stream(), err.stream()).noneMatch(STACK_TRACE.asMatchPredicate()), this::toString);
        return this;
    }

    /** Failure with one sentence that has all these parts, in this order. */
    Outcome failed(int expected, Object... parts) {
        ended(expected);
        List<String> sentences = err.stream().filter(line -> line.startsWith("liveupdate: ")).toList();
        assertEquals(1, sentences.size(), this::toString);
        int from = 0;
        for (Object part : parts) {
            int at = sentences.get(0).indexOf(part.toString(), from);
            assertTrue(at >= 0, () -> "\"" + part + "\" is missing in: " + sentences.get(0));
            from = at + part.toString().length();
        }
        return this;
    }

    Outcome said(String part) {
        assertTrue(out.stream().anyMatch(line -> line.contains(part)), () -> "\"" + part + "\" is missing in " + this);
        return this;
    }

    long count(String part) {
        return out.stream().filter(line -> line.contains(part)).count();
    }

    @Override
    public String toString() {
        return "status " + status + ", output:\n" + String.join("\n", out) + "\nerrors:\n" + String.join("\n", err);
    }
}
