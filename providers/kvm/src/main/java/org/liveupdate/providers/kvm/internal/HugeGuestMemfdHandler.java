package org.liveupdate.providers.kvm.internal;

import java.util.Optional;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Preserves guest memory on huge pages. The FLB of huge memfds counts its pages, too: from {@code preserve} to
 * {@code unpreserve} on this side, to {@code finish} on the other.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = GuestMemfdLayout.HUGE_COMPATIBLE, flbs = HugePages.COMPATIBLE)
public final class HugeGuestMemfdHandler extends GuestMemfdHandler {

    /** Called by DS. */
    @Activate
    public HugeGuestMemfdHandler(BundleContext context) {
        this(Activator.shared(context));
    }

    HugeGuestMemfdHandler(Kvm kvm) {
        super(kvm, true);
    }

    @Override
    public Preserved<?> preserve(FileContext context, GuestMemfdFile file) throws LiveUpdateException {
        Preserved<?> preserved = super.preserve(context, file);
        GuestPages pages = file.storage().pages();
        new FlbCounters(context).add(pages.pageBytes(), pages.count());
        return preserved;
    }

    @Override
    public void unpreserve(FileContext context, GuestMemfdFile file, long data, Object object) {
        GuestPages pages = file.storage().pages();
        try {
            super.unpreserve(context, file, data, object);
        } finally {
            reported(() -> new FlbCounters(context).remove(pages.pageBytes(), pages.count()));
        }
    }

    @Override
    public GuestMemfdFile retrieve(FileContext context, long data) throws LiveUpdateException {
        GuestMemfdFile file = super.retrieve(context, data);
        if (context.side() == Side.OUTGOING) {
            file.storage().pages().adopt();
        }
        return file;
    }

    @Override
    public void finish(FileContext context, GuestMemfdFile file, long data, RetrieveStatus status) {
        // before the record is freed; the FLB goes on counting until the pages are in the pool or free
        Optional<GuestMemfdLayout> record = record(context).peek(data);
        if (status.retrieved()) {
            file.storage().pages().adopt();
        }
        super.finish(context, file, data, status);
        if (record.isPresent()) {
            reported(() -> new FlbCounters(context).removeIncoming(GuestPages.BASE_BYTES << record.get().order(),
                    record.get().folios()));
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
