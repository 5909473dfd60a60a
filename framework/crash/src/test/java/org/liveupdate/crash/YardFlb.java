package org.liveupdate.crash;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.kho.Region;

/** What crates depend on: one block with the version of all. Its live object is that version. */
final class YardFlb implements Flb<Long> {
    private final MomentListener listener;
    private long version;

    YardFlb(MomentListener listener) {
        this.listener = listener;
    }

    /** What is going to be preserved. */
    void version(long next) {
        version = next;
    }

    @Override
    public Preserved<Long> preserve(FlbContext context) throws LiveUpdateException {
        Region block = context.memory().allocPreserve(Long.BYTES);
        block.putLong(0, version);
        return new Preserved<>(block.address(), version);
    }

    @Override
    public void unpreserve(FlbContext context, long data, Long object) {
        Blocks.free(() -> context.memory().unpreserveFree(data));
    }

    @Override
    public long freeze(FlbContext context, long data, Long object) {
        listener.reached(Moment.before(Step.FREEZE));
        return data;
    }

    @Override
    public Long retrieve(FlbContext context, long data) throws LiveUpdateException {
        listener.reached(Moment.before(Step.RETRIEVE));
        return context.memory().restore(data).getLong(0);
    }

    @Override
    public void finish(FlbContext context, long data, Long object) {
        listener.reached(Moment.before(Step.FINISH));
        Blocks.free(() -> context.memory().restoreFree(data));
    }
}
