package org.liveupdate.providers.api.hugetlb;

import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.Pinnable;
import org.liveupdate.providers.api.memory.Sealable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An anonymous file of bytes on huge pages ({@code memfd_create(2)} with {@code MFD_HUGETLB}).
 *
 * <p>It has whole pages: its size is a multiple of {@link #pageSize()}, and {@link #truncate} to anything else is
 * {@code EINVAL}. Writing does not grow it: behind the end that is {@code ENOSPC}.
 */
@ProviderType
public interface HugeMemfd extends ByteFile, Sealable, Pinnable {

    /** The size of its pages in bytes, a power of two. */
    long pageSize();

    /** How many huge pages it has: its size divided by {@link #pageSize()}; 0 once it is closed. */
    long pages();

    /**
     * Where its pages are.
     *
     * @return for example {@code hugetlbfs at /dev/hugepages} or {@code ordinary pages of handover memory}; never null
     */
    String backing();
}
