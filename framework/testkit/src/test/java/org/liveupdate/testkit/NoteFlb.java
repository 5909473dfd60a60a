package org.liveupdate.testkit;

import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** The FLB of the sample provider, as it should be: how many notes are preserved. The data is the address of the number. */
class NoteFlb implements Flb<AtomicLong> {
    static final String COMPATIBLE = "notes-v1";
    static final FlbKey<AtomicLong> KEY = new FlbKey<>(COMPATIBLE, AtomicLong.class);

    private static final int BYTES = 8;

    @Override
    public Preserved<AtomicLong> preserve(FlbContext context) throws LiveUpdateException {
        Region record = context.memory().allocPreserve(BYTES);
        Region number = context.memory().allocPreserve(BYTES);
        record.putLong(0, number.address());
        return new Preserved<>(record.address(), new AtomicLong());
    }

    @Override
    public void unpreserve(FlbContext context, long data, AtomicLong notes) {
        Scope scope = memory(context);
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    @Override
    public long freeze(FlbContext context, long data, AtomicLong notes) throws LiveUpdateException {
        write(context, data, notes);
        return data;
    }

    @Override
    public AtomicLong retrieve(FlbContext context, long data) throws LiveUpdateException {
        Region record = context.memory().restore(data);
        return new AtomicLong(context.memory().restore(record.getLong(0)).getLong(0));
    }

    @Override
    public void finish(FlbContext context, long data, AtomicLong notes) {
        Scope scope = memory(context);
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    @Override
    public void detach(FlbContext context, long data, AtomicLong notes) {
        write(context, data, notes);
    }

    /** Where the number is. */
    static Region body(FlbContext context, long data) {
        return memory(context).region(memory(context).region(data).getLong(0));
    }

    static void write(FlbContext context, long data, AtomicLong notes) {
        body(context, data).putLong(0, notes.get());
    }

    static Scope memory(FlbContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
