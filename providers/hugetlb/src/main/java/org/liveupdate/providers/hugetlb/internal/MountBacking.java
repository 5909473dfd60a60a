package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** Opens huge pages again that are a file on hugetlbfs. */
final class MountBacking implements Backing {

    /** Null if there is none, or none that works. */
    private final HugeMount mount;

    MountBacking(HugeMount mount) {
        this.mount = mount;
    }

    @Override
    public HugeRun retrieve(Scope scope, Region header, HugeMemfdLayout record) throws LiveUpdateException {
        String name = HugeMemfdLayout.name(header);
        if (mount == null) {
            throw new LiveUpdateException(Errno.ENODEV, "huge memfd of " + scope.owner() + " is the file " + name
                    + " on hugetlbfs: set " + Settings.MOUNT + " to the directory that it is in");
        }
        if (!MountNames.isKept(name) || !record.pageSize().equals(mount.pageSize())) {
            throw new LiveUpdateException(Errno.EINVAL, "huge memfd of " + scope.owner()
                    + ": expected a preserved file with pages of " + mount.pageSize() + ", found \"" + name + "\", "
                    + record);
        }
        try {
            return MountRun.open(mount, name, record.pages());
        } catch (IOException e) {
            throw new LiveUpdateException(Errno.EINVAL, "huge memfd of " + scope.owner() + ": " + e);
        }
    }

    @Override
    public void giveBack(Region header) {
        String name = HugeMemfdLayout.name(header);
        if (mount != null && MountNames.isKept(name)) {
            try {
                mount.delete(name);
            } catch (IOException e) {
                throw new IllegalStateException(mount.directory().resolve(name) + " stays behind: " + e, e);
            }
        }
    }
}
