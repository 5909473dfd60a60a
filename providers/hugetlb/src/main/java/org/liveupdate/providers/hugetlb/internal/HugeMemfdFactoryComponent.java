package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.support.KhoErrno;
import org.liveupdate.providers.api.support.StoredFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Creates huge memfds, as soon as and as long as this generation is in charge: of handover memory, and of what the
 * previous one left.
 */
@Component(immediate = true)
public final class HugeMemfdFactoryComponent implements HugeMemfdFactory {

    private final Hugetlb hugetlb;
    private final Pool pool;
    private final PreservedEpochs epochs;
    private final Orphans orphans;

    /** Called by DS. */
    @Activate
    public HugeMemfdFactoryComponent(BundleContext context, @Reference Pool pool, @Reference LiveUpdate liveUpdate) {
        this(Activator.shared(context), pool, liveUpdate);
    }

    HugeMemfdFactoryComponent(Hugetlb hugetlb, Pool pool, LiveUpdate liveUpdate) {
        this.hugetlb = hugetlb;
        this.pool = pool;
        this.epochs = new PreservedEpochs(liveUpdate);
        this.orphans = new Orphans(hugetlb);
        if (hugetlb.mount() != null) {
            orphans.delete(epochs.read());
        }
    }

    @Override
    public List<Long> pageSizes() {
        return hugetlb.counts().sizes().stream().map(PageSize::bytes).toList();
    }

    @Override
    public String backing() {
        return hugetlb.describe();
    }

    @Override
    public HugeMemfd create(String name, long size, long pageSize) throws ByteFileException {
        StoredFile.checkName(name);
        if (size < 0 || !pageSizes().contains(pageSize)) {
            throw new ByteFileException(Errno.EINVAL,
                    "file \"" + name + "\": expected a size of 0 or more and pages of "
                            + hugetlb.counts().sizes() + ", found " + size + " and " + pageSize + " bytes");
        }
        if (size > StoredFile.MAX_BYTES) {
            throw new ByteFileException(Errno.EFBIG, "file \"" + name + "\": expected at most " + StoredFile.MAX_BYTES
                    + " bytes, found " + size);
        }
        hugetlb.unfreed().retry();
        orphans.delete(epochs.read());
        PageSize huge = PageSize.ofBytes(pageSize);
        HugeStorage storage = HugeStorage.taken(take(huge, huge.pagesFor(size)), huge, hugetlb.counts());
        return HugeMemfdFile.of(name, storage, 0, hugetlb.unfreed());
    }

    private HugeRun take(PageSize size, long pages) throws ByteFileException {
        hugetlb.counts().take(size, pages);
        boolean taken = false;
        try {
            HugeRun run = find(size, pages);
            taken = true;
            return run;
        } catch (KhoException e) {
            throw KhoErrno.io(e);
        } finally {
            if (!taken) {
                hugetlb.counts().giveBack(size, pages);
            }
        }
    }

    private HugeRun find(PageSize size, long pages) throws ByteFileException {
        HugeMount mount = hugetlb.mount();
        if (hugetlb.hasRealPages(mount, size, pages)) {
            try {
                return MountRun.create(mount, pages);
            } catch (IOException e) {
                // somebody else was faster, or a limit of the mount: the model goes on
            }
        }
        OrdinaryRun run = new OrdinaryRun(pool, size);
        run.resize(pages);
        return run;
    }
}
