package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.hugetlb.HugePagePool;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.KvmFactory;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.support.KhoErrno;
import org.liveupdate.providers.api.support.StoredFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Creates machines and their memory, as soon as and as long as there is handover memory. Huge pages there are while there is
 * a pool that counts them.
 */
@Component(immediate = true)
public final class KvmFactoryComponent implements KvmFactory {

    private final Kvm kvm;
    private final Pool pool;

    /** Called by DS. */
    @Activate
    public KvmFactoryComponent(BundleContext context, @Reference Pool pool) {
        this(Activator.shared(context), pool);
    }

    KvmFactoryComponent(Kvm kvm, Pool pool) {
        this.kvm = kvm;
        this.pool = pool;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHugePages(HugePagePool hugePages) {
        kvm.hugePages().bind(hugePages);
    }

    void unbindHugePages(HugePagePool hugePages) {
        kvm.hugePages().unbind(hugePages);
    }

    @Override
    public Vm createVm(String name, long type) throws ByteFileException {
        StoredFile.checkName(name);
        if (!VmFile.isType(type)) {
            throw new ByteFileException(Errno.EINVAL,
                    "machine \"" + name + "\": expected type 0 or 1, found " + type);
        }
        return VmFile.create(name, type);
    }

    @Override
    public GuestMemfd createGuestMemfd(Vm vm, long size, long flags) throws ByteFileException {
        VmFile machine = check(vm, size, flags, GuestPages.BASE_BYTES);
        return create(machine, new GuestStorage(size, GuestPages.ordinary(pool)), flags);
    }

    @Override
    public GuestMemfd createGuestMemfd(Vm vm, long size, long flags, long pageSize) throws ByteFileException {
        if (pageSize == GuestPages.BASE_BYTES) {
            return createGuestMemfd(vm, size, flags);
        }
        HugePageAccount account = kvm.hugePages();
        if (!account.pageSizes().isEmpty() && !account.pageSizes().contains(pageSize) || pageSize <= 0) {
            throw new ByteFileException(Errno.EINVAL, "guest memory: expected pages of 4096 bytes or one of "
                    + account.pageSizes() + ", found " + pageSize);
        }
        VmFile machine = check(vm, size, flags, pageSize);
        account.take(pageSize, size / pageSize);
        int order = Long.numberOfTrailingZeros(pageSize / GuestPages.BASE_BYTES);
        GuestPages pages = GuestPages.huge(pool, order, account, true);
        try {
            for (long number = 0; number < size / pageSize; number++) {
                pages.allocate(number);
            }
        } catch (KhoException e) {
            account.giveBack(pageSize, size / pageSize - pages.count());
            kvm.unfreed().free(new GuestStorage(size, pages));
            throw KhoErrno.io(e);
        }
        return create(machine, new GuestStorage(size, pages), flags);
    }

    private GuestMemfd create(VmFile vm, GuestStorage storage, long flags) {
        kvm.unfreed().retry();
        return GuestMemfdFile.create(vm, storage, flags, kvm.unfreed());
    }

    private static VmFile check(Vm vm, long size, long flags, long pageSize) throws ByteFileException {
        if (!(vm instanceof VmFile machine)) {
            throw new ByteFileException(Errno.EINVAL,
                    "guest memory: machine \"" + vm.name() + "\" is another provider's");
        }
        machine.custody().checkUsable();
        if (size <= 0 || size % pageSize != 0 || GuestMemfdFile.unknown(flags) != 0) {
            throw new ByteFileException(Errno.EINVAL, String.format(
                    "guest memory of machine \"%s\": expected pages of %d bytes and flags in 0x3, found %d bytes and flags 0x%x",
                    vm.name(), pageSize, size, flags));
        }
        if (size > StoredFile.MAX_BYTES) {
            throw new ByteFileException(Errno.EFBIG, "guest memory of machine \"" + vm.name() + "\": expected at most "
                    + StoredFile.MAX_BYTES + " bytes, found " + size);
        }
        return machine;
    }
}
