package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.inspector.Samples.Answer;

/** The words behind the command. */
class RequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--wrong a | there is no option --wrong here", "'' | found 1",
            "a b | expected 1 path, found 2", "verify | expected 1 path, found 0",
            "verify a b | expected 1 path, found 2", "diff a | expected 2 paths, found 1",
            "diff a b c | expected 2 paths, found 3", "--json | expected 1 path, found 0"})
    void wrongWordsAreOneSentenceAndTheHelp(String words, String sentence) {
        Answer answer = words.isEmpty() ? Samples.image("diff", "") : Samples.image((Object[]) words.split(" "));

        assertEquals(2, answer.status());
        assertEquals("", answer.out());
        String first = answer.err().lines().findFirst().orElseThrow();
        assertTrue(first.startsWith("image: ") && first.contains(sentence), first);
        assertTrue(answer.err().contains("image diff [--json] A B"), answer::toString);
    }

    @Test
    void helpIsTheAnswerToHelp() {
        for (String word : new String[]{"--help", "-h"}) {
            Answer answer = Samples.image("verify", word);

            assertEquals(0, answer.status());
            assertTrue(answer.out().contains("image verify [--json] PATH"), answer::toString);
        }
    }

    @Test
    void behindTwoDashesEverythingIsAPath() {
        Answer answer = Samples.image("--", "--json");

        assertEquals(1, answer.status());
        assertEquals("image: --json: there is no such file or directory\n", answer.err());
    }

    @Test
    void aDirectoryCanBeCalledVerify() {
        Answer answer = Samples.image("--", "verify");

        assertEquals("image: verify: there is no such file or directory\n", answer.err());
    }
}
