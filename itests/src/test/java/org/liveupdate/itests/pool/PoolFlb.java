package org.liveupdate.itests.pool;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.itests.types.Pool;
import org.liveupdate.kho.Region;

/** One number in handover memory, in use on the heap. */
public final class PoolFlb implements Flb<Pool> {
    /** Its string. */
    public static final String COMPATIBLE = "pool-v1";

    private final String version;
    private final boolean failing;

    /**
     * A provider.
     *
     * @param version
     *            what its pools say about themselves
     * @param failing
     *            whether it cannot retrieve
     */
    public PoolFlb(String version, boolean failing) {
        this.version = version;
        this.failing = failing;
    }

    @Override
    public Preserved<Pool> preserve(FlbContext context) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(Long.BYTES);
        region.putLong(0, 0);
        return new Preserved<>(region.address(), new CountingPool(region, version));
    }

    @Override
    public void unpreserve(FlbContext context, long data, Pool object) {
        Blocks.memory(context).unpreserveFree(data);
    }

    @Override
    public Pool retrieve(FlbContext context, long data) throws LiveUpdateException {
        if (failing) {
            throw new LiveUpdateException(Errno.EPROTO, "the pool of " + version + " does not know the format");
        }
        return new CountingPool(context.memory().restore(data), version);
    }

    @Override
    public void finish(FlbContext context, long data, Pool object) {
        Blocks.memory(context).restoreFree(data);
    }

    @Override
    public long freeze(FlbContext context, long data, Pool object) {
        ((CountingPool) object).writeDown();
        return data;
    }

    @Override
    public void detach(FlbContext context, long data, Pool object) {
        ((CountingPool) object).writeDown();
    }
}
