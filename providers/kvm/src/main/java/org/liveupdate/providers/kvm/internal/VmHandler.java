package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Preserves machines: type and memory attributes. The successor gets a fresh machine of that type, without slots. */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = VmLayout.COMPATIBLE)
public final class VmHandler implements FileHandler<VmFile> {

    private static final String DEATH = "it was killed before another provider took it over";

    private final Reunions reunions;

    /** Called by DS. */
    @Activate
    public VmHandler(BundleContext context) {
        this(Activator.shared(context));
    }

    VmHandler(Kvm kvm) {
        this.reunions = kvm.reunions();
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof VmFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, VmFile vm) throws LiveUpdateException {
        vm.fix(FileKey.of(context));
        return new Preserved<>(new VmRecord(context.memory()).preserve(vm), null);
    }

    @Override
    public void unpreserve(FileContext context, VmFile vm, long data, Object object) {
        record(context).unpreserve();
    }

    @Override
    public long freeze(FileContext context, VmFile vm, long data, Object object) throws LiveUpdateException {
        vm.custody().checkAlive();
        new VmRecord(context.memory()).update(data, false, false);
        return data;
    }

    @Override
    public VmFile retrieve(FileContext context, long data) throws LiveUpdateException {
        VmRecord source = new VmRecord(context.memory());
        VmLayout record = source.read(data);
        FileKey key = FileKey.of(context);
        String name = context.session() + "/" + Long.toUnsignedString(context.token());
        boolean handover = context.reason() == Reason.HANDOVER;
        VmCustody custody =
                new VmCustody(name, handover || !record.closed(), record.dead() && !handover ? DEATH : null, key);
        VmFile vm = new VmFile(name, record.type(), source.attributes(data), custody);
        if (!handover) {
            reunions.add(key, vm);
        }
        return vm;
    }

    @Override
    public void finish(FileContext context, VmFile vm, long data, RetrieveStatus status) {
        record(context).finish();
    }

    @Override
    public void detach(FileContext context, VmFile vm, long data, Object object) {
        boolean open = vm.custody().leave();
        try {
            record(context).update(data, !open, vm.custody().death() != null);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("whether machine \"" + vm.name() + "\" is closed or dead is lost: "
                    + e.getMessage(), e);
        }
    }

    @Override
    public void hold(VmFile vm) {
        vm.custody().hold();
    }

    @Override
    public void release(VmFile vm) {
        reunions.forget(vm);
        vm.custody().release();
    }

    private static VmRecord record(FileContext context) {
        try {
            return new VmRecord(context.memory());
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("handover memory cannot be reached: " + e.getMessage(), e);
        }
    }
}
