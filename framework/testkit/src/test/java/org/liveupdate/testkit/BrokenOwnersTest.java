package org.liveupdate.testkit;

import static org.liveupdate.testkit.Outcome.assertCaughtBy;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Reason;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Region;

/** File handlers that lose something when a bundle leaves, or keep something of one that is gone, are caught. */
class BrokenOwnersTest {
    static class WritesNothingWhenItIsDetached extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void detach(FileContext context, Note note, long data, Object object) {
                    if (context.side() == Side.INCOMING) {
                        super.detach(context, note, data, object);
                    }
                }
            };
        }
    }

    @Test
    void whatIsNotWrittenWhenItIsDetached() {
        assertCaughtBy(WritesNothingWhenItIsDetached.class, "aPreservedFileIsTheSameWhenItsBundleIsBack",
                "detachingNeedsNoMemory");
    }

    static class WritesNothingWhenARetrievedFileIsDetached extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void detach(FileContext context, Note note, long data, Object object) {
                    if (context.side() == Side.OUTGOING) {
                        super.detach(context, note, data, object);
                    }
                }
            };
        }
    }

    @Test
    void whatIsNotWrittenWhenARetrievedFileIsDetached() {
        assertCaughtBy(WritesNothingWhenARetrievedFileIsDetached.class, "aRetrievedFileIsTheSameWhenItsBundleIsBack");
    }

    static class FreezesNothingThatWasAttached extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                private volatile boolean attached;

                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    attached = context.reason() == Reason.ATTACH;
                    return super.retrieve(context, data);
                }

                @Override
                public long freeze(FileContext context, Note note, long data, Object object)
                        throws LiveUpdateException {
                    return attached ? data : super.freeze(context, note, data, object);
                }
            };
        }
    }

    @Test
    void whatIsNotHandedOverOnceItWasAttached() {
        assertCaughtBy(FreezesNothingThatWasAttached.class, "aFileThatWasAttachedIsHandedOver");
    }

    static class RemembersWhatItRetrieved extends NoteContract {
        private static int remembered;

        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public Note retrieve(FileContext context, long data) throws LiveUpdateException {
                    Note note = super.retrieve(context, data);
                    if (context.side() == Side.OUTGOING) {
                        return note;
                    }
                    if (context.reason() == Reason.HANDOVER) {
                        remembered = note.number();
                    }
                    return remembered == 0 ? new Note(0) : note;
                }
            };
        }
    }

    @Test
    void whatOnlyTheFirstOwnerKnows() {
        assertCaughtBy(RemembersWhatItRetrieved.class, "aSecondOwnerRetrievesFromTheDataAlone");
    }

    static class AllocatesWhenItIsDetached extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            return new NoteHandler() {
                @Override
                public void detach(FileContext context, Note note, long data, Object object) {
                    Region scratch = memory(context).pool().allocate(1);
                    super.detach(context, note, data, object);
                    memory(context).pool().free(scratch.address());
                }
            };
        }
    }

    @Test
    void whatNeedsMemoryToLeave() {
        assertCaughtBy(AllocatesWhenItIsDetached.class, "detachingNeedsNoMemory");
    }

    static class IsKeptByTheJvm extends NoteContract {
        @Override
        NoteHandler handler(Host host) {
            NoteHandler handler = new NoteHandler();
            System.getProperties().put(IsKeptByTheJvm.class.getName(), handler);
            return handler;
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
