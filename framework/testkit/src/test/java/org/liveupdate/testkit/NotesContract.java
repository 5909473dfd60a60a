package org.liveupdate.testkit;

import java.util.concurrent.atomic.AtomicLong;

/** The contract test of the sample provider's FLB, which can be replaced by a broken one. */
class NotesContract extends FlbContractTest<AtomicLong> {
    @Override
    public final String compatible() {
        return NoteFlb.COMPATIBLE;
    }

    @Override
    public final FlbProvider<AtomicLong> start(Host host) {
        host.register(NoteFlb.COMPATIBLE, flb());
        return provider(host);
    }

    NoteFlb flb() {
        return new NoteFlb();
    }

    FlbProvider<AtomicLong> provider(Host host) {
        return new Provider();
    }

    /** Changes and reads the number. */
    static class Provider implements FlbProvider<AtomicLong> {
        @Override
        public void change(AtomicLong notes, int seed) {
            notes.set(1000 + seed);
        }

        @Override
        public Object state(AtomicLong notes) throws Exception {
            return notes.get();
        }
    }
}
