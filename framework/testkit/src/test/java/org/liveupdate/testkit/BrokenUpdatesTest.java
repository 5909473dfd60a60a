package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtAmongOthersBy;
import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;

/** File handlers that lose something in an update are caught. */
class BrokenUpdatesTest {
    static class LosesTheNumberWhenItIsRetrieved extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    super.retrieve(context, data);
                    return new Note(0);
                }
            };
        }
    }

    @Test
    void whatIsNotRetrieved() {
        assertCaughtAmongOthersBy(LosesTheNumberWhenItIsRetrieved.class, "aFileIsTheSameAfterAnUpdate");
    }

    static class WritesTheNumberOnlyAtFirst extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public long freeze(FileContext context, Note note, long data, Object object) {
                    note.fix(true);
                    return data;
                }
            };
        }
    }

    @Test
    void whatIsNotWrittenWhenItIsFrozen() {
        assertCaughtBy(WritesTheNumberOnlyAtFirst.class, "whatIsChangedWhileAFileIsPreservedIsHandedOver",
                "aFileGoesThroughOneUpdateAfterAnother", "aVetoOfAnotherFileLeavesEverythingAsItWas",
                "aFileThatWasAttachedIsHandedOver");
    }

    static class PreservesOnceOnly extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void finish(FileContext context, Note note, long data, RetrieveStatus status) {
                    super.finish(context, note, data, status);
                    if (note != null) {
                        note.fix(true);
                    }
                }
            };
        }
    }

    @Test
    void whatCannotBePreservedAgain() {
        assertCaughtBy(PreservesOnceOnly.class, "aFileGoesThroughOneUpdateAfterAnother");
    }

    static class HasOnePlaceForAll extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                private WeakReference<Note> last = new WeakReference<>(null);

                @Override
                public synchronized Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    last = new WeakReference<>(note);
                    return super.preserve(context, note);
                }

                @Override
                public synchronized long freeze(FileContext context, Note note, long data, Object object)
                        throws LiveUpdateException {
                    Note wrong = last.get();
                    return super.freeze(context, wrong == null ? note : wrong, data, object);
                }
            };
        }
    }

    @Test
    void whatIsMixedUp() {
        assertCaughtBy(HasOnePlaceForAll.class, "manyFilesAreKeptApart", "filesThatManyThreadsPreserveAreKeptApart");
    }

    static class LetsItsUserEndIt extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void hold(Note note) {
                    // the mistake
                }
            };
        }
    }

    @Test
    void whatIsNotHeld() {
        assertCaughtBy(LetsItsUserEndIt.class, "aFileThatItsUserHasClosedIsHandedOver");
    }

    static class ForgetsWhatIsUnpreserved extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void unpreserve(FileContext context, Note note, long data, Object object) {
                    super.unpreserve(context, note, data, object);
                    note.number(0);
                }
            };
        }
    }

    @Test
    void whatIsLostWithTheSession() {
        assertCaughtAmongOthersBy(ForgetsWhatIsUnpreserved.class,
                "aFileIsTheSameWhenItsSessionIsClosedWithoutAnUpdate");
    }

    static class RemembersInAStaticField extends NoteContract {
        private static final Map<Long, Integer> NUMBERS = new ConcurrentHashMap<>();

        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Preserved<?> preserved = super.preserve(context, note);
                    NUMBERS.put(preserved.data(), note.number());
                    return preserved;
                }

                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    Note note = super.retrieve(context, data);
                    return context.reason() == Reason.ATTACH || NUMBERS.containsKey(data) ? note : new Note(0);
                }
            };
        }
    }

    @Test
    void whatIsNotInTheData() {
        assertCaughtBy(RemembersInAStaticField.class, "theStateIsInTheDataAlone");
    }

    static class HasRoomForShortNames extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    if (context.session().length() + context.compatible().length() > 50) {
                        throw new LiveUpdateException(Errno.EINVAL, "no room for the names");
                    }
                    return super.preserve(context, note);
                }
            };
        }
    }

    @Test
    void whatHasNoRoomForLongNames() {
        assertCaughtBy(HasRoomForShortNames.class, "namesMayBeAsLongAsTheyCan");
    }

    static class DependsOnItsDirectory extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            Path directory = host.directory();
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Preserved<?> preserved = super.preserve(context, note);
                    body(context, preserved.data()).putInt(4, directory.hashCode());
                    return preserved;
                }

                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    Note note = super.retrieve(context, data);
                    return body(context, data).getInt(4) == directory.hashCode() ? note : new Note(0);
                }
            };
        }
    }

    @Test
    void whatIsReadInThisPlaceOnly() {
        assertCaughtBy(DependsOnItsDirectory.class, "anImageOfThisVersionIsReadAfterwards");
    }
}
