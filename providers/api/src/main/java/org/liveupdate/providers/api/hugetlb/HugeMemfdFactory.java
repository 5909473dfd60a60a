package org.liveupdate.providers.api.hugetlb;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Creates files on huge pages. An OSGi service, present while this generation is in charge of handover memory. Thread
 * safe.
 */
@ProviderType
public interface HugeMemfdFactory {

    /**
     * Creates a file of zeros. Its pages are taken from the pool of that page size, less what a previous generation
     * preserved and nobody has retrieved yet.
     *
     * @param name for people, not null; several files may have the same
     * @param size in bytes, 0 or more; rounded up to whole pages
     * @param pageSize in bytes, one of {@link #pageSizes()}
     * @return the file, open, position 0
     * @throws IOException a {@link org.liveupdate.providers.api.memory.ByteFileException}: {@code EINVAL} for another page
     *         size, a negative size, or a name longer than 249 bytes of UTF-8; {@code ENOMEM} if the pool, or the memory
     *         under it, has too few pages left: nothing has changed
     */
    HugeMemfd create(String name, long size, long pageSize) throws IOException;

    /** The page sizes there are, in bytes, smallest first; a copy, at most 4, never empty. */
    List<Long> pageSizes();

    /**
     * Where new files get their pages from.
     *
     * @return for example {@code hugetlbfs at /dev/hugepages for pages of 2 MiB, else ordinary pages of handover memory};
     *         never null
     */
    String backing();
}
