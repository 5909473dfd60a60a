package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.Region;

/** Providers that leave something behind when something fails are caught. */
class BrokenFailuresTest {
    static class LeaksWhenPreserveFails extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Region scratch = context.pool().allocate(1);
                    Preserved<?> preserved = super.preserve(context, note);
                    context.pool().free(scratch.address());
                    return preserved;
                }
            };
        }
    }

    @Test
    void whatLeaksWhenPreserveFails() {
        assertCaughtBy(LeaksWhenPreserveFails.class, "memoryThatEndsDuringPreserveLeavesNothing");
    }

    static class CountsWhatFails extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Preserved<?> preserved = super.preserve(context, note);
                    Region scratch = context.pool().allocate(1);
                    context.pool().free(scratch.address());
                    return preserved;
                }
            };
        }
    }

    @Test
    void whatIsCountedAlthoughItFailed() {
        assertCaughtBy(CountsWhatFails.class, "memoryThatEndsDuringPreserveLeavesNothing");
    }

    static class LocksWhatFails extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    note.fix(true);
                    Preserved<?> preserved = super.preserve(context, note);
                    note.fix(false);
                    return preserved;
                }
            };
        }
    }

    @Test
    void whatIsOfNoUseAfterItFailed() {
        assertCaughtBy(LocksWhatFails.class, "aFileThatFailedToBePreservedIsUsedAsBefore");
    }

    static class LeaksAnFlbWithoutFiles extends NoteContract {
        private volatile boolean used;

        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Preserved<?> preserve(FileContext context, Note note) throws LiveUpdateException {
                    Preserved<?> preserved = super.preserve(context, note);
                    used = true;
                    return preserved;
                }
            };
        }

        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void unpreserve(FlbContext context, long data, AtomicLong notes) {
                    if (used) {
                        super.unpreserve(context, data, notes);
                    }
                }

                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    used = true;
                    return super.retrieve(context, data);
                }
            };
        }
    }

    @Test
    void whatLeaksWhenAnotherFlbFails() {
        assertCaughtBy(LeaksAnFlbWithoutFiles.class, "anFlbThatFailsLeavesNothing");
    }

    static class LeaksWhenRetrieveFails extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    Region scratch = context.pool().allocate(1);
                    Note note = super.retrieve(context, data);
                    context.pool().free(scratch.address());
                    return note;
                }
            };
        }
    }

    @Test
    void whatLeaksWhenRetrieveFails() {
        assertCaughtBy(LeaksWhenRetrieveFails.class, "aFileThatCannotBeRetrievedIsGivenBackByFinish");
    }

    static class StaysFrozenWhenFreezeFails extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public long freeze(FileContext context, Note note, long data, Object object)
                        throws LiveUpdateException {
                    note.fix(true);
                    context.memory().unpreserveFree(context.memory().allocPreserve(1).address());
                    write(context, note, data);
                    return data;
                }
            };
        }
    }

    @Test
    void whatStaysFrozenWhenFreezeFails() {
        assertCaughtBy(StaysFrozenWhenFreezeFails.class,
                "memoryThatEndsDuringFreezeIsAVetoThatLeavesEverythingAsItWas");
    }

    static class IsNotUnfrozen extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void unfreeze(FileContext context, Note note, long data, Object object) {
                    // the mistake
                }
            };
        }
    }

    @Test
    void whatIsNotUnfrozen() {
        assertCaughtBy(IsNotUnfrozen.class, "aVetoOfAnotherFileLeavesEverythingAsItWas",
                "anUpdateThatIsTakenBackLeavesEverythingAsItWas");
    }

    static class ThrowsWhereItMustNot extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void unfreeze(FileContext context, Note note, long data, Object object) {
                    super.unfreeze(context, note, data, object);
                    throw new IllegalStateException("the mistake");
                }
            };
        }
    }

    @Test
    void whatThrowsWhereItMustNot() {
        assertCaughtBy(ThrowsWhereItMustNot.class, "callbacksThatReturnNothingNeverThrow");
    }

    static class AllocatesInTheEnd extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void unpreserve(FileContext context, Note note, long data, Object object) {
                    memory(context).allocPreserve(1);
                    super.unpreserve(context, note, data, object);
                }
            };
        }
    }

    @Test
    void whatNeedsMemoryToEnd() {
        assertCaughtBy(AllocatesInTheEnd.class, "endingNeedsNoMemory");
    }
}
