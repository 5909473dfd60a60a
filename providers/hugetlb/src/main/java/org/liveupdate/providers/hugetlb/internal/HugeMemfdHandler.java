package org.liveupdate.providers.hugetlb.internal;

import java.util.Optional;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Preserves huge memfds: size, position, seals, page size and pages, the latter where they are. The FLB counts the pages from
 * {@code preserve} to {@code unpreserve} on this side, to {@code finish} on the other.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = HugeMemfdLayout.COMPATIBLE, flbs = HugePages.COMPATIBLE)
public final class HugeMemfdHandler implements FileHandler<HugeMemfdFile> {

    private final Hugetlb hugetlb;

    /** Called by DS. */
    @Activate
    public HugeMemfdHandler(BundleContext context) {
        this(Activator.shared(context));
    }

    HugeMemfdHandler(Hugetlb hugetlb) {
        this.hugetlb = hugetlb;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof HugeMemfdFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, HugeMemfdFile file) throws LiveUpdateException {
        file.custody().fixSize();
        HugeMemfdRecord record = new HugeMemfdRecord(context.memory(), hugetlb);
        PageSize size = file.storage().pageSize();
        long pages = file.storage().run().pages();
        FlbCounters counters = new FlbCounters(context);
        String epoch = counters.add(size, pages);
        try {
            return new Preserved<>(record.preserve(file, epoch), null);
        } catch (LiveUpdateException | RuntimeException e) {
            counters.remove(size, pages);
            throw e;
        }
    }

    @Override
    public void unpreserve(FileContext context, HugeMemfdFile file, long data, Object object) {
        PageSize size = file.storage().pageSize();
        long pages = file.storage().run().pages();
        try {
            record(context).unpreserve(file);
        } finally {
            reported(() -> new FlbCounters(context).remove(size, pages));
        }
    }

    @Override
    public long freeze(FileContext context, HugeMemfdFile file, long data, Object object) throws LiveUpdateException {
        file.custody().freeze();
        record(context).update(data, file, false);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, HugeMemfdFile file, long data, Object object) {
        file.custody().unfreeze();
    }

    @Override
    public HugeMemfdFile retrieve(FileContext context, long data) throws LiveUpdateException {
        String name = context.session() + "/" + Long.toUnsignedString(context.token());
        HugeMemfdRecord record = new HugeMemfdRecord(context.memory(), hugetlb);
        boolean open = context.reason() == Reason.HANDOVER || !record.isClosed(data);
        HugeMemfdFile file = record.retrieve(data, name, open);
        if (context.side() == Side.OUTGOING) {
            file.storage().adopt();
        }
        return file;
    }

    @Override
    public void finish(FileContext context, HugeMemfdFile file, long data, RetrieveStatus status) {
        HugeMemfdRecord record = record(context);
        reported(() -> {
            // before the record is freed; the FLB goes on counting until the pages are in the pool or free
            Optional<HugeMemfdLayout> layout = record.peek(data);
            if (status.retrieved()) {
                file.storage().adopt();
                record.forget();
                file.storage().run().finished();
            } else {
                record.giveBack(data);
            }
            if (layout.isPresent()) {
                new FlbCounters(context).removeIncoming(layout.get().pageSize(), layout.get().pages());
            }
        });
    }

    @Override
    public void detach(FileContext context, HugeMemfdFile file, long data, Object object) {
        boolean open = file.custody().leave();
        reported(() -> record(context).update(data, file, !open));
    }

    @Override
    public void hold(HugeMemfdFile file) {
        file.custody().hold();
    }

    @Override
    public void release(HugeMemfdFile file) {
        file.custody().release();
    }

    private HugeMemfdRecord record(FileContext context) {
        try {
            return new HugeMemfdRecord(context.memory(), hugetlb);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws LiveUpdateException;
    }

    /** Who cannot refuse, reports. */
    private static void reported(Step step) {
        try {
            step.run();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
