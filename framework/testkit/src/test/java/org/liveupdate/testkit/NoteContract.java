package org.liveupdate.testkit;

/** The contract test of the sample provider, whose parts can be replaced by broken ones. */
class NoteContract extends FileHandlerContractTest<Note> {
    @Override
    public final String compatible() {
        return NoteHandler.COMPATIBLE;
    }

    @Override
    public final FileProvider<Note> start(Host host) {
        host.register(NoteHandler.COMPATIBLE, handler(host), NoteFlb.COMPATIBLE);
        host.register(NoteFlb.COMPATIBLE, flb());
        return new NoteProvider(host.liveUpdate());
    }

    NoteHandler handler(Host host) {
        return new NoteHandler();
    }

    NoteFlb flb() {
        return new NoteFlb();
    }
}
