package org.liveupdate.itests.e2e;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.Region;

/** What the files of the two-stage tests share: one number, in handover memory. */
final class StagedFlb implements Flb<Long> {
    static final String COMPATIBLE = "staged-flb-v1";

    /** Undoing something in memory, which cannot fail. */
    @FunctionalInterface
    interface Undo {
        void run() throws LiveUpdateException;
    }

    private final long number;

    StagedFlb(long number) {
        this.number = number;
    }

    static void quietly(Undo undo) {
        try {
            undo.run();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Preserved<Long> preserve(FlbContext context) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(Long.BYTES);
        region.putLong(0, number);
        return new Preserved<>(region.address(), number);
    }

    @Override
    public void unpreserve(FlbContext context, long data, Long object) {
        quietly(() -> context.memory().unpreserveFree(data));
    }

    @Override
    public Long retrieve(FlbContext context, long data) throws LiveUpdateException {
        return context.memory().restore(data).getLong(0);
    }

    @Override
    public void finish(FlbContext context, long data, Long object) {
        quietly(() -> context.memory().restoreFree(data));
    }
}
