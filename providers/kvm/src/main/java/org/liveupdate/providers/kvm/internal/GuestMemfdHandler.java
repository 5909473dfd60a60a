package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Side;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Preserves guest memory: size, flags, and the pages that are there, where they are. Which machine it belongs to is written
 * at the freeze, so that the two are preserved in any order.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = GuestMemfdLayout.COMPATIBLE)
public class GuestMemfdHandler implements FileHandler<GuestMemfdFile> {

    private final Kvm kvm;
    private final boolean huge;

    /** Called by DS. */
    @Activate
    public GuestMemfdHandler(BundleContext context) {
        this(Activator.shared(context), false);
    }

    /** Of files on pages of 4096 bytes, or on huge ones. */
    GuestMemfdHandler(Kvm kvm, boolean huge) {
        this.kvm = kvm;
        this.huge = huge;
    }

    @Override
    public final boolean canPreserve(Object file) {
        return file instanceof GuestMemfdFile memory && memory.storage().pages().order() > 0 == huge
                && !memory.isPrivate();
    }

    @Override
    public Preserved<?> preserve(FileContext context, GuestMemfdFile file) throws LiveUpdateException {
        file.custody().fixSize();
        file.checkGood();
        return new Preserved<>(new GuestMemfdRecord(context.memory(), huge).preserve(file), null);
    }

    @Override
    public void unpreserve(FileContext context, GuestMemfdFile file, long data, Object object) {
        record(context).unpreserve(file);
    }

    @Override
    public final long freeze(FileContext context, GuestMemfdFile file, long data, Object object)
            throws LiveUpdateException {
        file.checkGood();
        VmFile vm = file.vm();
        if (vm == null || !vm.custody().isKept()) {
            throw new LiveUpdateException(Errno.ENOENT, "file \"" + file.name()
                    + "\" is preserved without its machine, which is closed: preserve the two in the same session");
        }
        long vmToken = context.token(vm);
        file.custody().freeze();
        new GuestMemfdRecord(context.memory(), huge).freeze(data, vmToken);
        return data;
    }

    @Override
    public final void unfreeze(FileContext context, GuestMemfdFile file, long data, Object object) {
        file.custody().unfreeze();
    }

    @Override
    public GuestMemfdFile retrieve(FileContext context, long data) throws LiveUpdateException {
        GuestMemfdRecord source = new GuestMemfdRecord(context.memory(), huge);
        GuestMemfdLayout record = source.read(data);
        boolean handover = context.reason() == Reason.HANDOVER;
        VmFile vm = handover ? context.file(record.vmToken(), VmFile.class) : null;
        GuestPages pages = huge
                ? GuestPages.huge(context.memory().pool(), record.order(), kvm.hugePages(), false)
                : GuestPages.ordinary(context.memory().pool());
        source.restore(data, record, pages);
        String name = context.session() + "/" + Long.toUnsignedString(context.token());
        GuestMemfdFile file = GuestMemfdFile.retrieved(name, new GuestStorage(record.size(), pages), record.flags(),
                kvm.unfreed(), handover || !record.closed());
        if (handover) {
            file.link(vm);
        } else if (record.linked()) {
            kvm.reunions().add(FileKey.of(context).other(record.vmToken()), file);
        }
        return file;
    }

    @Override
    public void finish(FileContext context, GuestMemfdFile file, long data, RetrieveStatus status) {
        if (status.retrieved()) {
            record(context).forget();
        } else {
            record(context).giveBack();
        }
    }

    @Override
    public final void detach(FileContext context, GuestMemfdFile file, long data, Object object) {
        boolean open = file.custody().leave();
        try {
            record(context).leave(data, !open, isLinked(context, file, data));
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("the machine of file \"" + file.name() + "\" is lost: " + e.getMessage(),
                    e);
        }
    }

    /** Sees to it that the next provider can find the machine. */
    private boolean isLinked(FileContext context, GuestMemfdFile file, long data) throws LiveUpdateException {
        if (file.vm() == null || context.side() == Side.INCOMING) {
            return file.vm() != null;
        }
        // the machine may be detached already, so that the core is not asked for its token
        FileKey key = file.vm().custody().key();
        boolean here = key != null && key.equals(FileKey.of(context).other(key.token()));
        if (here) {
            record(context).vmToken(data, key.token());
        }
        return here;
    }

    @Override
    public final void hold(GuestMemfdFile file) {
        file.custody().hold();
    }

    @Override
    public final void release(GuestMemfdFile file) {
        kvm.reunions().forget(file);
        file.custody().release();
    }

    /** For callbacks that cannot refuse. */
    final GuestMemfdRecord record(FileContext context) {
        try {
            return new GuestMemfdRecord(context.memory(), huge);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("handover memory cannot be reached: " + e.getMessage(), e);
        }
    }
}
