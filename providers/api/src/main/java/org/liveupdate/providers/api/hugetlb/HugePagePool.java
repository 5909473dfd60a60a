package org.liveupdate.providers.api.hugetlb;

import java.util.List;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How many huge pages there are, and how many are taken: for providers other than that of huge memfds whose files have huge
 * pages, too. An OSGi service, present while this generation is in charge of handover memory. Thread safe.
 *
 * <p>It counts; a page itself is a block of handover memory that the taker allocates from its own
 * {@link org.liveupdate.kho.Pool}, since only there its handler can preserve it.
 *
 * <p>Whoever has taken pages keeps his own number, too: when another version of this service replaces this one, he gives
 * them back here and {@linkplain #adopt adopts} them there. Pages that a previous generation handed over are counted by
 * {@link HugePages} until their file is finished, and are to be adopted then.
 */
@ProviderType
public interface HugePagePool {

    /** The page sizes there are, in bytes, smallest first; a copy, at most 4, never empty. */
    List<Long> pageSizes();

    /**
     * Takes pages.
     *
     * @param pageSize in bytes
     * @param pages how many, 0 or more
     * @throws ByteFileException {@code EINVAL} for another page size, or a negative number; {@code ENOMEM} if the pool, less
     *         what a previous generation preserved and nobody has finished yet, has too few pages left
     */
    void take(long pageSize, long pages) throws ByteFileException;

    /**
     * Counts pages that somebody has already, even beyond the limit: pages in use cannot be refused.
     *
     * @param pageSize in bytes; another one is not counted
     * @param pages how many, 0 or more
     */
    void adopt(long pageSize, long pages);

    /**
     * Gives back pages that were taken or adopted.
     *
     * @param pageSize in bytes; another one is not counted
     * @param pages how many, 0 or more
     */
    void giveBack(long pageSize, long pages);
}
