package org.liveupdate.providers.api.kvm;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Creates virtual machines and their memory. An OSGi service, present while this generation is in charge of handover memory.
 * Thread safe; every {@link IOException} is a {@link org.liveupdate.providers.api.memory.ByteFileException}.
 */
@ProviderType
public interface KvmFactory {

    /**
     * Creates a virtual machine without memory.
     *
     * @param name for people, not null; several may have the same
     * @param type {@link Vm#TYPE_DEFAULT} or {@link Vm#TYPE_SW_PROTECTED}
     * @return the machine, open
     * @throws IOException {@code EINVAL} for another type, or a name longer than 249 bytes of UTF-8
     */
    Vm createVm(String name, long type) throws IOException;

    /**
     * Creates memory for a machine, on pages of 4096 bytes, none of which is there yet ({@code KVM_CREATE_GUEST_MEMFD}).
     *
     * @param vm an open machine of this factory's
     * @param size in bytes, more than 0, whole pages
     * @param flags {@link GuestMemfd#FLAG_MMAP}, {@link GuestMemfd#FLAG_INIT_SHARED}, both or 0
     * @return the file, open, zeros
     * @throws IOException {@code EINVAL} for another size or other flags, or a machine that is not of this factory ·
     *         {@code EFBIG} larger than any file can be · {@code EBADF}, {@code EIO}, {@code ENODEV} as for {@link Vm}
     */
    GuestMemfd createGuestMemfd(Vm vm, long size, long flags) throws IOException;

    /**
     * Creates memory for a machine on huge pages, all of which are there; they come from the pool that
     * {@link org.liveupdate.providers.api.hugetlb.HugePagePool} counts.
     *
     * @param pageSize in bytes, one of {@link org.liveupdate.providers.api.hugetlb.HugePagePool#pageSizes()}
     * @throws IOException as {@link #createGuestMemfd(Vm, long, long)}; and {@code EINVAL} for another page size ·
     *         {@code ENOMEM} the pool, or the memory under it, has too few pages left: nothing has changed · {@code ENODEV}
     *         there is no pool: deploy {@code providers/hugetlb}
     */
    GuestMemfd createGuestMemfd(Vm vm, long size, long flags, long pageSize) throws IOException;
}
