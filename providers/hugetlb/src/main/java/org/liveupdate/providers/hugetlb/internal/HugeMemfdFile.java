package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.support.Custody;
import org.liveupdate.providers.api.support.SealableFile;
import org.liveupdate.providers.api.support.Unfreed;

/** A huge memfd: what its user sees of it, and what the handler does with it. */
final class HugeMemfdFile extends SealableFile implements HugeMemfd {

    private final Custody custody;
    private final HugeStorage storage;

    private HugeMemfdFile(String name, HugeStorage storage, Custody custody, long position) {
        super(name, custody, position);
        this.custody = custody;
        this.storage = storage;
    }

    /** A huge memfd over {@code storage}. */
    static HugeMemfdFile of(String name, HugeStorage storage, long position, Unfreed unfreed) {
        return new HugeMemfdFile(name, storage, new Custody(name, storage, unfreed), position);
    }

    /** A huge memfd that is retrieved over {@code storage}: its size is fixed. */
    static HugeMemfdFile retrieved(String name, HugeStorage storage, long position, Unfreed unfreed, boolean open) {
        return new HugeMemfdFile(name, storage, Custody.retrieved(name, storage, unfreed, open), position);
    }

    @Override
    public long pageSize() {
        return storage.pageSize().bytes();
    }

    @Override
    public long pages() {
        try {
            return size() / pageSize();
        } catch (ByteFileException e) {
            return 0;
        }
    }

    @Override
    public String backing() {
        return storage.run().backing();
    }

    /** Who keeps it. */
    Custody custody() {
        return custody;
    }

    /** Its bytes, while the size is fixed. */
    HugeStorage storage() {
        return storage;
    }

    /** Its position, also after its user has closed it. */
    long lastPosition() {
        return offset();
    }
}
