package org.liveupdate.providers.api.hugetlb;

import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The live object of the FLB {@code hugetlb-v1}: how many huge pages of each size preserved files have.
 *
 * <p>Outgoing, handlers of files on huge pages add what they preserve and remove what they unpreserve. Incoming, it tells
 * what the previous generation preserved and nobody has retrieved yet: a pool must leave that many pages alone.
 *
 * <p>Thread safe.
 */
@ProviderType
public interface HugePages {

    /** The compatible string of the FLB. */
    String COMPATIBLE = "hugetlb-v1";

    /**
     * How many pages of one size are in use.
     *
     * @param pageSize in bytes
     * @return 0 or more; 0 for a page size that is not known
     */
    long pages(long pageSize);

    /**
     * Counts pages in.
     *
     * @param pageSize in bytes
     * @param pages how many, 0 or more
     * @throws LiveUpdateException {@code ENOENT} if the page size is not known; {@code EINVAL} if the number is negative
     */
    void add(long pageSize, long pages) throws LiveUpdateException;

    /**
     * Counts pages out.
     *
     * @param pageSize in bytes
     * @param pages how many, 0 or more
     * @throws LiveUpdateException {@code ENOENT} if the page size is not known; {@code EINVAL} if the number is negative
     *         or larger than what is in use: nothing has changed
     */
    void remove(long pageSize, long pages) throws LiveUpdateException;
}
