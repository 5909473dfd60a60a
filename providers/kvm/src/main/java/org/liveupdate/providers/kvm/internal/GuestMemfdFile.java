package org.liveupdate.providers.kvm.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.support.Custody;
import org.liveupdate.providers.api.support.StoredFile;
import org.liveupdate.providers.api.support.Unfreed;

/** Guest memory: what its user sees of it, and what the handlers do with it. */
final class GuestMemfdFile extends StoredFile implements GuestMemfd {

    private static final long KNOWN_FLAGS = FLAG_MMAP | FLAG_INIT_SHARED;

    private final Custody custody;
    private final GuestStorage storage;
    private final long flags;
    /** Null until the machine is found, and if there is none any more. */
    private volatile VmFile vm;

    private GuestMemfdFile(String name, GuestStorage storage, long flags, Custody custody) {
        super(name, custody, 0);
        this.custody = custody;
        this.storage = storage;
        this.flags = flags;
    }

    /** New memory of a machine. */
    static GuestMemfdFile create(VmFile vm, GuestStorage storage, long flags, Unfreed unfreed) {
        String name = "guest memory of " + vm.name();
        GuestMemfdFile file = new GuestMemfdFile(name, storage, flags, new Custody(name, storage, unfreed));
        file.link(vm);
        return file;
    }

    /** Memory that is retrieved: nothing can be added to it. */
    static GuestMemfdFile retrieved(String name, GuestStorage storage, long flags, Unfreed unfreed, boolean open) {
        return new GuestMemfdFile(name, storage, flags, Custody.retrieved(name, storage, unfreed, open));
    }

    /** Those of {@code flags} that mean nothing here. */
    static long unknown(long flags) {
        return flags & ~KNOWN_FLAGS;
    }

    /** Who keeps it. */
    Custody custody() {
        return custody;
    }

    /** Its pages, while none is added. */
    GuestStorage storage() {
        return storage;
    }

    /** Its flags, also when it is closed. */
    long lastFlags() {
        return flags;
    }

    /** Its machine is known from now on. */
    void link(VmFile machine) {
        vm = machine;
    }

    /** Its machine, or null. */
    VmFile vm() {
        return vm;
    }

    /** Whether guests of its machine have memory that the host must not see: that is not preserved. */
    boolean isPrivate() {
        VmFile machine = vm;
        return machine != null && machine.lastType() != Vm.TYPE_DEFAULT;
    }

    /** Whether it may go through a live update: {@code EHWPOISON} if a page is bad. */
    void checkGood() throws LiveUpdateException {
        if (!storage.bad().isEmpty()) {
            throw new LiveUpdateException(Errno.EHWPOISON, "file \"" + name() + "\" cannot be preserved: the hardware "
                    + "reported the pages " + storage.bad() + " as bad");
        }
    }

    @Override
    public long flags() throws ByteFileException {
        return custody.shared(bytes -> flags);
    }

    @Override
    public long pageSize() throws ByteFileException {
        return custody.shared(bytes -> storage.pages().pageBytes());
    }

    @Override
    public long pages() throws ByteFileException {
        return custody.shared(bytes -> storage.pages().count());
    }

    @Override
    public void poison(long offset) throws ByteFileException {
        custody.exclusive(bytes -> {
            if (offset < 0 || offset >= storage.size()) {
                throw new ByteFileException(Errno.EINVAL, "file \"" + name() + "\": expected an offset inside its "
                        + storage.size() + " bytes, found " + offset);
            }
            storage.poison(offset);
            return null;
        });
    }
}
