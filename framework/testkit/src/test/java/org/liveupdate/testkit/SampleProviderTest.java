package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** A provider that is as it should be passes, and what is not given is skipped. */
class SampleProviderTest {
    private static final String OLDER = "imagesOfOlderVersionsAreRead";

    @Test
    void aHandlerThatIsAsItShouldBePassesEveryTest() {
        Outcome outcome = Outcome.of(NoteContract.class);
        assertEquals(Set.of(), outcome.failed(), outcome::toString);
        assertEquals(Set.of(OLDER), outcome.skipped());
        assertEquals(33, outcome.passed());
    }

    @Test
    void anFlbThatIsAsItShouldBePassesEveryTest() {
        Outcome outcome = Outcome.of(NotesContract.class);
        assertEquals(Set.of(), outcome.failed(), outcome::toString);
        assertEquals(Set.of(OLDER), outcome.skipped());
        assertEquals(25, outcome.passed());
    }
}
