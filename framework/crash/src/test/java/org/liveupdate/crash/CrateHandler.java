package org.liveupdate.crash;

import java.util.Map;
import java.util.TreeMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** Keeps crates of one kind in handover memory. For one thread. */
final class CrateHandler implements FileHandler<Crate> {
    private final String kind;
    private final MomentListener listener;
    /** Heads and bodies of what is preserved, by token. */
    private final Map<Long, Region[]> preserved = new TreeMap<>();

    CrateHandler(String kind, MomentListener listener) {
        this.kind = kind;
        this.listener = listener;
    }

    String kind() {
        return kind;
    }

    /** What is wrong with a preserved file that is not frozen; null if nothing is. */
    String fault(long token) {
        Region[] blocks = preserved.get(token);
        return blocks == null ? "is not preserved" : CrateLayout.fault(blocks[0], blocks[1], token, false);
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof Crate crate && crate.kind().equals(kind);
    }

    @Override
    public Preserved<?> preserve(FileContext context, Crate file) throws LiveUpdateException {
        Scope memory = context.memory();
        Region head = memory.allocPreserve(CrateLayout.HEAD_BYTES);
        Region body = memory.allocPreserve(Math.max(1, file.contents().length));
        CrateLayout.write(file, head, body);
        preserved.put(file.token(), new Region[]{head, body});
        return new Preserved<>(head.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, Crate file, long data, Object object) {
        preserved.remove(file.token());
        Blocks.free(() -> {
            Scope memory = context.memory();
            memory.unpreserveFree(CrateLayout.body(memory.region(data)));
            memory.unpreserveFree(data);
        });
    }

    @Override
    public long freeze(FileContext context, Crate file, long data, Object object) {
        listener.reached(Moment.before(Step.FREEZE));
        CrateLayout.freeze(preserved.get(file.token())[0]);
        listener.reached(Moment.after(Step.FREEZE));
        return data;
    }

    @Override
    public void unfreeze(FileContext context, Crate file, long data, Object object) {
        listener.reached(Moment.before(Step.RESUME));
        CrateLayout.unfreeze(preserved.get(file.token())[0]);
        listener.reached(Moment.after(Step.RESUME));
    }

    @Override
    public Crate retrieve(FileContext context, long data) throws LiveUpdateException {
        listener.reached(Moment.before(Step.RETRIEVE));
        Region head = context.memory().restore(data);
        Region body = context.memory().restore(CrateLayout.body(head));
        String fault = CrateLayout.fault(head, body, context.token(), true);
        if (fault != null) {
            throw new LiveUpdateException(Errno.EIO, "file " + context.token() + ' ' + fault);
        }
        listener.reached(Moment.after(Step.RETRIEVE));
        return CrateLayout.read(kind, head, body);
    }

    @Override
    public void finish(FileContext context, Crate file, long data, RetrieveStatus status) {
        listener.reached(Moment.before(Step.FINISH));
        Blocks.free(() -> {
            Scope memory = context.memory();
            memory.restoreFree(CrateLayout.body(memory.region(data)));
            memory.restoreFree(data);
        });
        listener.reached(Moment.after(Step.FINISH));
    }

    @Override
    public Object identity(Crate file) {
        return file.kind() + file.token();
    }
}
