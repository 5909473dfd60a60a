package org.liveupdate.providers.api.iommu;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memory.ByteFile;
import org.osgi.annotation.versioning.ProviderType;

/**
 * IO virtual addresses and what is mapped there (IOAS). Addresses are below {@link #END}, lengths in bytes, both multiples
 * of 4096. While its iommufd is preserved, or came with a live update and is not finished, an address space of a marked
 * page table is immutable: changing it is {@code EBUSY}.
 *
 * <p>Thread safe. Errors that all have in common are those of {@link Iommufd}.
 */
@ProviderType
public interface IoAddressSpace {

    /** One above the highest address: 2<sup>48</sup>. */
    long END = 1L << 48;

    /** Its number within the iommufd, the same after a live update; at least 1. */
    int id();

    /**
     * Maps a range of a file: devices attached to page tables of this address space reach its bytes from now on. The range
     * stays in place until it is unmapped.
     *
     * @param iova where, in IO virtual addresses
     * @param length a positive multiple of 4096
     * @param file pinnable, not null
     * @param offset in the file, a multiple of 4096
     * @param writable whether devices may write, or only read
     * @throws LiveUpdateException {@code EINVAL} the numbers are not as said, the range is not within the file, or the file
     *         cannot be pinned; {@code EEXIST} something is mapped there; {@code EPERM} the file is sealed against writing
     *         and a writable mapping is asked for; {@code EBUSY} immutable; {@code ENOMEM}; the errno of pinning the file.
     *         Nothing has changed then.
     */
    void map(long iova, long length, ByteFile file, long offset, boolean writable) throws LiveUpdateException;

    /**
     * Undoes one mapping. When this returns no access through it is under way any more.
     *
     * @param iova where it starts
     * @param length how long it is
     * @throws LiveUpdateException {@code ENOENT} no mapping is exactly there; {@code EBUSY} immutable; {@code ETIMEDOUT} a
     *         device did not say that it has ended its access: the mapping is out of devices' reach but still listed, and
     *         unmapping it can be tried again
     */
    void unmap(long iova, long length) throws LiveUpdateException;

    /** What is mapped, by address; a copy. */
    List<Mapping> mappings();

    /** Whether it cannot be changed at the moment, because what is preserved depends on it. */
    boolean isImmutable();

    /**
     * Makes a hardware page table from this address space; later changes show in it.
     *
     * @return without a mark and without devices, never null
     * @throws LiveUpdateException {@code ENOMEM}
     */
    HardwarePageTable allocatePageTable() throws LiveUpdateException;
}
