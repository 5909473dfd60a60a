package org.liveupdate.itests.pool;

import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;

/** Preserves numbers, each in a block of its own. The type of the files is one that all bundles share anyway. */
public final class NumberHandler implements FileHandler<AtomicLong> {
    /** Its string. */
    public static final String COMPATIBLE = "number-v1";

    private final boolean failing;

    /**
     * A provider.
     *
     * @param failing
     *            whether it cannot retrieve
     */
    public NumberHandler(boolean failing) {
        this.failing = failing;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof AtomicLong;
    }

    @Override
    public Preserved<?> preserve(FileContext context, AtomicLong file) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(Long.BYTES);
        region.putLong(0, file.get());
        return new Preserved<>(region.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, AtomicLong file, long data, Object object) {
        Blocks.memory(context).unpreserveFree(data);
    }

    @Override
    public AtomicLong retrieve(FileContext context, long data) throws LiveUpdateException {
        if (failing) {
            throw new LiveUpdateException(Errno.EPROTO, "the numbers are in a format that is not known");
        }
        return new AtomicLong(context.memory().restore(data).getLong(0));
    }

    @Override
    public void finish(FileContext context, AtomicLong file, long data, RetrieveStatus status) {
        Blocks.memory(context).restoreFree(data);
    }
}
