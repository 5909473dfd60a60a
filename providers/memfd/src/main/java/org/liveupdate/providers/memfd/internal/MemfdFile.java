package org.liveupdate.providers.memfd.internal;

import java.util.List;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.support.Custody;
import org.liveupdate.providers.api.support.SealableFile;
import org.liveupdate.providers.api.support.Unfreed;

/** A memfd: what its user sees of it, and what the handler does with it. */
final class MemfdFile extends SealableFile implements Memfd {

    private final Custody custody;
    private final BlockStorage storage;

    private MemfdFile(String name, BlockStorage storage, Custody custody, long position) {
        super(name, custody, position);
        this.custody = custody;
        this.storage = storage;
    }

    /** A memfd over {@code storage}. */
    static MemfdFile of(String name, BlockStorage storage, long position, Unfreed unfreed) {
        return new MemfdFile(name, storage, new Custody(name, storage, unfreed), position);
    }

    /** A memfd that is retrieved over {@code storage}: its size is fixed. */
    static MemfdFile retrieved(String name, BlockStorage storage, long position, Unfreed unfreed, boolean open) {
        return new MemfdFile(name, storage, Custody.retrieved(name, storage, unfreed, open), position);
    }

    /** Who keeps it. */
    Custody custody() {
        return custody;
    }

    /** Its size in bytes, while the size is fixed. */
    long fixedSize() {
        return storage.size();
    }

    /** Its blocks in order, while the size is fixed. */
    List<Region> blocks() {
        return storage.blocks();
    }

    /** Its position, also after its user has closed it. */
    long lastPosition() {
        return offset();
    }
}
