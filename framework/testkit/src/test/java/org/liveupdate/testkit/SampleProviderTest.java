package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.RetrieveStatus;

/** A provider that is as it should be passes, and what is not given is skipped. */
class SampleProviderTest {
    private static final String OLDER = "imagesOfOlderVersionsAreRead";

    @Test
    void aHandlerThatIsAsItShouldBePassesEveryTest() {
        Outcome outcome = Outcome.of(NoteContract.class);
        assertEquals(Set.of(), outcome.failed(), outcome::toString);
        assertEquals(Set.of(OLDER, "aFileThatHasToBeRetrievedBlocksItsSessionUntilThen"), outcome.skipped());
        assertEquals(33, outcome.passed());
    }

    static class HasToBeRetrieved extends NoteContract {
        @Override
        public boolean mayBeFinishedUnretrieved() {
            return false;
        }

        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public boolean canFinish(FileContext context, Note note, long data, RetrieveStatus status) {
                    return status.retrieved();
                }
            };
        }
    }

    @Test
    void aHandlerThatInsistsOnItsFilesBeingRetrievedPassesEveryTest() {
        Outcome outcome = Outcome.of(HasToBeRetrieved.class);
        assertEquals(Set.of(), outcome.failed(), outcome::toString);
        assertEquals(Set.of(OLDER, "finishingWithoutRetrievingGivesTheMemoryBack",
                "aFileThatCannotBeRetrievedIsGivenBackByFinish"), outcome.skipped());
    }

    static class Insists extends NoteContract {
        @Override
        public boolean mayBeFinishedUnretrieved() {
            return false;
        }
    }

    @Test
    void aHandlerThatShouldInsistOnItsFilesBeingRetrievedIsCaught() {
        Outcome.assertCaughtBy(Insists.class, "aFileThatHasToBeRetrievedBlocksItsSessionUntilThen");
    }

    @Test
    void anFlbThatIsAsItShouldBePassesEveryTest() {
        Outcome outcome = Outcome.of(NotesContract.class);
        assertEquals(Set.of(), outcome.failed(), outcome::toString);
        assertEquals(Set.of(OLDER), outcome.skipped());
        assertEquals(25, outcome.passed());
    }
}
