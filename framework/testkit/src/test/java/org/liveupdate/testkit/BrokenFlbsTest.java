package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtAmongOthersBy;
import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;

/** FLBs that lose something in an update, or when a bundle leaves, are caught. */
class BrokenFlbsTest {
    static class WritesNothingWhenItIsFrozen extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public long freeze(FlbContext context, long data, AtomicLong notes) {
                    return data;
                }
            };
        }
    }

    @Test
    void whatIsNotHandedOver() {
        assertCaughtAmongOthersBy(WritesNothingWhenItIsFrozen.class, "theObjectIsTheSameAfterAnUpdate");
    }

    static class RemembersInAStaticField extends NotesContract {
        private static final Map<Long, AtomicLong> OBJECTS = new ConcurrentHashMap<>();

        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    Preserved<AtomicLong> preserved = super.preserve(context);
                    OBJECTS.put(preserved.data(), preserved.object());
                    return preserved;
                }

                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    AtomicLong notes = super.retrieve(context, data);
                    return context.reason() == Reason.ATTACH || OBJECTS.containsKey(data) ? notes : new AtomicLong();
                }
            };
        }
    }

    @Test
    void whatIsNotInTheData() {
        assertCaughtBy(RemembersInAStaticField.class, "theStateIsInTheDataAlone");
    }

    static class FinishesWhatWasUsedOnly extends NotesContract {
        private volatile boolean used;

        @Override
        NoteFlb flb() {
            used = false;
            return new NoteFlb() {
                @Override
                public void finish(FlbContext context, long data, AtomicLong notes) {
                    if (used) {
                        super.finish(context, data, notes);
                    }
                }
            };
        }

        @Override
        FlbProvider<AtomicLong> provider(Host host) {
            return new Provider() {
                @Override
                public Object state(AtomicLong notes) throws Exception {
                    used = true;
                    return super.state(notes);
                }
            };
        }
    }

    @Test
    void whatLeaksWhenNobodyAsksForIt() {
        assertCaughtBy(FinishesWhatWasUsedOnly.class, "finishingWithoutAskingForTheObjectGivesTheMemoryBack",
                "callbacksThatReturnNothingNeverThrow", "endingNeedsNoMemory",
                "anObjectThatCannotBeRetrievedIsGivenUpAsAWhole");
    }

    static class IsPreservedOnce extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                private boolean over;

                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    if (over) {
                        throw new LiveUpdateException(Errno.EBUSY, "preserved before");
                    }
                    return super.preserve(context);
                }

                @Override
                public void unpreserve(FlbContext context, long data, AtomicLong notes) {
                    super.unpreserve(context, data, notes);
                    over = notes.get() > 0;
                }
            };
        }
    }

    @Test
    void whatIsNotPreservedAgain() {
        assertCaughtBy(IsPreservedOnce.class, "itIsPreservedAgainAfterTheLastFileIsGone");
    }

    static class HasOneObjectForBothSides extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                private AtomicLong live;

                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    live = super.retrieve(context, data);
                    return live;
                }

                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    Preserved<AtomicLong> preserved = super.preserve(context);
                    return live == null ? preserved : new Preserved<>(preserved.data(), live);
                }
            };
        }
    }

    @Test
    void whatMixesUpTheSides() {
        assertCaughtBy(HasOneObjectForBothSides.class, "bothSidesAreLiveAtOnce");
    }

    static class InsistsOnItsName extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    if (context.compatible().length() > COMPATIBLE.length()) {
                        throw new LiveUpdateException(Errno.EINVAL, "no room for the name");
                    }
                    return super.preserve(context);
                }
            };
        }
    }

    @Test
    void whatHasNoRoomForALongName() {
        assertCaughtBy(InsistsOnItsName.class, "itsNameMayBeAsLongAsItCan");
    }

    static class WritesNothingWhenItIsDetached extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public void detach(FlbContext context, long data, AtomicLong notes) {
                    // the mistake
                }
            };
        }
    }

    @Test
    void whatIsNotWrittenWhenItIsDetached() {
        assertCaughtBy(WritesNothingWhenItIsDetached.class, "thePreservedObjectIsTheSameWhenItsBundleIsBack",
                "detachingNeedsNoMemory");
    }

    static class ReadsOnce extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    AtomicLong notes = super.retrieve(context, data);
                    if (context.side() == Side.INCOMING) {
                        body(context, data).putLong(0, 0);
                    }
                    return notes;
                }

                @Override
                public void detach(FlbContext context, long data, AtomicLong notes) {
                    if (context.side() == Side.OUTGOING) {
                        super.detach(context, data, notes);
                    }
                }
            };
        }
    }

    @Test
    void whatCanBeReadOnceOnly() {
        assertCaughtBy(ReadsOnce.class, "theRetrievedObjectIsTheSameWhenItsBundleIsBack",
                "aSecondOwnerRetrievesFromTheDataAlone");
    }

    static class FreezesNothingThatWasAttached extends NotesContract {
        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                private volatile boolean attached;

                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    attached = context.reason() == Reason.ATTACH;
                    return super.retrieve(context, data);
                }

                @Override
                public long freeze(FlbContext context, long data, AtomicLong notes) throws LiveUpdateException {
                    return attached ? data : super.freeze(context, data, notes);
                }
            };
        }
    }

    @Test
    void whatIsNotHandedOverOnceItWasAttached() {
        assertCaughtBy(FreezesNothingThatWasAttached.class, "theObjectThatWasAttachedIsHandedOver");
    }

    static class DependsOnItsDirectory extends NotesContract {
        private Path directory;

        @Override
        FlbProvider<AtomicLong> provider(Host host) {
            directory = host.directory();
            return super.provider(host);
        }

        @Override
        NoteFlb flb() {
            return new NoteFlb() {
                @Override
                public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
                    Preserved<AtomicLong> preserved = super.preserve(context);
                    context.memory().region(preserved.data()).putInt(8, directory.hashCode());
                    return preserved;
                }

                @Override
                public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
                    AtomicLong notes = super.retrieve(context, data);
                    boolean here = context.memory().region(data).getInt(8) == directory.hashCode();
                    return here ? notes : new AtomicLong();
                }
            };
        }
    }

    @Test
    void whatIsReadInThisPlaceOnly() {
        assertCaughtBy(DependsOnItsDirectory.class, "anImageOfThisVersionIsReadAfterwards");
    }
}
