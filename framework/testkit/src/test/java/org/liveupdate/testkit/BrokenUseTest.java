package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** File handlers that cannot be used by many, take what is not theirs, or keep what is finished, are caught. */
class BrokenUseTest {
    static class TakesAnyText extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public boolean canPreserve(Object file) {
                    return super.canPreserve(file) || file instanceof CharSequence;
                }
            };
        }
    }

    @Test
    void whatTakesForeignObjects() {
        assertCaughtBy(TakesAnyText.class, "foreignObjectsAreNotTaken");
    }

    static class ThinksForLong extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public boolean canPreserve(Object file) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                    return super.canPreserve(file);
                }
            };
        }
    }

    @Test
    void whatThinksForLongAboutForeignObjects() {
        assertCaughtBy(ThinksForLong.class, "foreignObjectsAreRefusedAtOnce");
    }

    static class DoesNotKnowAFileAgain extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Object identity(Note note) {
                    return new Object();
                }
            };
        }
    }

    @Test
    void whatDoesNotKnowAFileAgain() {
        assertCaughtBy(DoesNotKnowAFileAgain.class, "theSameFileIsNotPreservedTwice");
    }

    static class KeepsAHandleOfItsFlb extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void finish(FileContext context, Note note, long data, RetrieveStatus status) {
                    super.finish(context, note, data, status);
                    try {
                        FlbHandle<AtomicLong> handle = context.getIncoming(NoteFlb.KEY);
                        if (context.token() != 2) {
                            handle.close();
                        }
                    } catch (LiveUpdateException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        }
    }

    @Test
    void whatKeepsItsFlbFromBeingFinished() {
        assertCaughtBy(KeepsAHandleOfItsFlb.class, "itsFlbsArePreservedOnceAndFinishedOnceForManyFiles",
                "finishingWithoutRetrievingGivesTheMemoryBack", "manyFilesAreKeptApart",
                "callbacksThatReturnNothingNeverThrow");
    }

    /** Two threads that are in the same place at once get each other's number. */
    private static int swapped(Exchanger<Integer> threads, int number) {
        try {
            return threads.exchange(number, 20, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return number;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static class MixesUpWhatThreadsPreserve extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            Exchanger<Integer> threads = new Exchanger<>();
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    note.number(swapped(threads, note.number()));
                    return super.preserve(context, note);
                }
            };
        }
    }

    @Test
    void whatMixesUpWhatThreadsPreserve() {
        assertCaughtBy(MixesUpWhatThreadsPreserve.class, "filesThatManyThreadsPreserveAreKeptApart",
                "manyThreadsPreserveUseAndUnpreserveDifferentFiles");
    }

    static class MixesUpWhatThreadsUnpreserve extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            Exchanger<Integer> threads = new Exchanger<>();
            return new NoteHandler() {
                @Override
                public void unpreserve(FileContext context, Note note, long data, Object object) {
                    super.unpreserve(context, note, data, object);
                    note.number(swapped(threads, note.number()));
                }
            };
        }
    }

    @Test
    void whatMixesUpWhatThreadsUnpreserve() {
        assertCaughtBy(MixesUpWhatThreadsUnpreserve.class, "manyThreadsPreserveUseAndUnpreserveDifferentFiles");
    }

    static class LeaksWhatNobodyRetrieves extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void finish(FileContext context, Note note, long data, RetrieveStatus status) {
                    if (status.tried()) {
                        super.finish(context, note, data, status);
                    }
                }
            };
        }
    }

    @Test
    void whatLeaksWhenNobodyRetrievesIt() {
        assertCaughtBy(LeaksWhatNobodyRetrieves.class, "finishingWithoutRetrievingGivesTheMemoryBack",
                "callbacksThatReturnNothingNeverThrow");
    }

    /** Has a list of files. */
    private static class Listing extends NoteHandler {
        final Collection<Note> notes = new ConcurrentLinkedQueue<>();
    }

    static class ListsWhatItRetrieves extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new Listing() {
                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    notes.add(super.retrieve(context, data));
                    return notes.stream().reduce((earlier, later) -> later).orElseThrow();
                }
            };
        }
    }

    @Test
    void whatKeepsFinishedFiles() {
        assertCaughtBy(ListsWhatItRetrieves.class, "aFileThatIsFinishedAndClosedIsNotKept");
    }

    static class ListsWhatItPreserves extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new Listing() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    notes.add(note);
                    return super.preserve(context, note);
                }
            };
        }
    }

    @Test
    void whatKeepsUnpreservedFiles() {
        assertCaughtBy(ListsWhatItPreserves.class, "aFileThatIsUnpreservedAndClosedIsNotKept");
    }
}
