package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtAmongOthersBy;
import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Region;

/** FLBs that leave something behind, or cannot be used by many, are caught. */
class BrokenFlbFailuresTest {
    static class LeaksWhenPreserveFails extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    Region scratch = context.pool().allocate(1);
                    Preserved<AtomicLong> preserved = super.preserve(context);
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

    static class LeaksWhenRetrieveFails extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    Region scratch = context.pool().allocate(1);
                    AtomicLong notes = super.retrieve(context, data);
                    context.pool().free(scratch.address());
                    return notes;
                }
            };
        }
    }

    @Test
    void whatLeaksWhenRetrieveFails() {
        assertCaughtBy(LeaksWhenRetrieveFails.class, "anObjectThatCannotBeRetrievedIsGivenUpAsAWhole");
    }

    static class LeaksWhatWasNeverChanged extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void unpreserve(FlbContext context, long data, AtomicLong notes) {
                    if (notes.get() > 0) {
                        super.unpreserve(context, data, notes);
                    }
                }
            };
        }
    }

    @Test
    void whatLeaksWhenAFileFails() {
        assertCaughtAmongOthersBy(LeaksWhatWasNeverChanged.class, "aFileThatFailsLeavesNothing");
    }

    @Test
    void whatLeaksWhenASiblingFails() {
        assertCaughtAmongOthersBy(LeaksWhatWasNeverChanged.class, "aSiblingThatFailsLeavesNothing");
    }

    static class StaysFrozenWhenFreezeFails extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public long freeze(FlbContext context, long data, AtomicLong notes) throws LiveUpdateException {
                    long number = notes.getAndSet(0);
                    Region scratch = context.pool().allocate(1);
                    context.pool().free(scratch.address());
                    notes.set(number);
                    return super.freeze(context, data, notes);
                }
            };
        }
    }

    @Test
    void whatIsLostWhenFreezeFails() {
        assertCaughtBy(StaysFrozenWhenFreezeFails.class,
                "memoryThatEndsDuringFreezeIsAVetoThatLeavesEverythingAsItWas");
    }

    static class IsNotUnfrozen extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void unfreeze(FlbContext context, long data, AtomicLong notes) {
                    notes.set(0);
                }
            };
        }
    }

    @Test
    void whatIsLostWhenAnUpdateIsTakenBack() {
        assertCaughtBy(IsNotUnfrozen.class, "anUpdateThatIsTakenBackLeavesEverythingAsItWas");
    }

    static class ThrowsWhereItMustNot extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void finish(FlbContext context, long data, AtomicLong notes) {
                    super.finish(context, data, notes);
                    throw new IllegalStateException("the mistake");
                }
            };
        }
    }

    @Test
    void whatThrowsWhereItMustNot() {
        assertCaughtBy(ThrowsWhereItMustNot.class, "callbacksThatReturnNothingNeverThrow");
    }

    static class AllocatesInTheEnd extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void finish(FlbContext context, long data, AtomicLong notes) {
                    memory(context).pool().free(memory(context).pool().allocate(1).address());
                    super.finish(context, data, notes);
                }
            };
        }
    }

    @Test
    void whatNeedsMemoryToEnd() {
        assertCaughtBy(AllocatesInTheEnd.class, "endingNeedsNoMemory");
    }

    static class AllocatesWhenItIsDetached extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void detach(FlbContext context, long data, AtomicLong notes) {
                    memory(context).pool().free(memory(context).pool().allocate(1).address());
                    super.detach(context, data, notes);
                }
            };
        }
    }

    @Test
    void whatNeedsMemoryToLeave() {
        assertCaughtBy(AllocatesWhenItIsDetached.class, "detachingNeedsNoMemory");
    }

    static class IgnoresChanges extends NotesContract {
        @Override
        FlbProvider<AtomicLong> provider(Host host) {
            return new Provider() {
                @Override
                public void change(AtomicLong notes, int seed) {
                    notes.set(1);
                }
            };
        }
    }

    @Test
    void whatDoesNotChange() {
        assertCaughtBy(IgnoresChanges.class, "differentChangesLeadToDifferentStates");
    }

    static class KeepsAHandleOfItself extends NotesContract {
        @Override
        FlbProvider<AtomicLong> provider(Host host) {
            return new Provider() {
                @Override
                public Object state(AtomicLong notes) throws Exception {
                    if (!host.liveUpdate().sessions(Side.INCOMING).isEmpty()) {
                        host.liveUpdate().getIncoming(NoteFlb.KEY);
                    }
                    return super.state(notes);
                }
            };
        }
    }

    @Test
    void whatIsNeverFinished() {
        assertCaughtAmongOthersBy(KeepsAHandleOfItself.class, "itIsPreservedOnceAndFinishedOnceForManyFiles");
    }

    static class LeaksEveryTenth extends NotesContract {
        @Override
        NoteFlb flb() {
            AtomicInteger times = new AtomicInteger();
            return new NoteFlb() {
                @Override
                public void unpreserve(FlbContext context, long data, AtomicLong notes) {
                    if (times.incrementAndGet() % 10 != 0) {
                        super.unpreserve(context, data, notes);
                    }
                }
            };
        }
    }

    @Test
    void whatLeaksNowAndThen() {
        assertCaughtBy(LeaksEveryTenth.class, "theFirstAndTheLastFileAreThoseOfAnyThread");
    }

    static class IsReadByOneThreadAtATime extends NotesContract {
        @Override
        FlbProvider<AtomicLong> provider(Host host) {
            return new Provider() {
                @Override
                public Object state(AtomicLong notes) throws Exception {
                    long number = notes.getAndSet(0);
                    Thread.yield();
                    notes.set(number);
                    return number;
                }
            };
        }
    }

    @Test
    void whatIsReadByOneThreadAtATimeOnly() {
        assertCaughtBy(IsReadByOneThreadAtATime.class, "filesOfManyThreadsComeAndGoWhileItIsPreserved");
    }

    static class IsKeptByTheJvm extends NotesContract {
        @Override
        NoteFlb flb() {
            NoteFlb flb = new NoteFlb();
            System.getProperties().put(IsKeptByTheJvm.class.getName(), flb);
            return flb;
        }
    }

    @Test
    void whatIsStillReferredToByTheJvm() {
        try {
            assertCaughtBy(IsKeptByTheJvm.class, "aBundleThatHasStoppedIsNotKept");
        } finally {
            System.getProperties().remove(IsKeptByTheJvm.class.getName());
        }
    }
}
