package org.liveupdate.kho;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The ordinary blocks of one owner: memory that does not survive this generation unless a {@link Scope} preserves it.
 *
 * <p>Safe for use by several threads. Allocating and freeing are refused with {@link KhoException.Reason#FROZEN} or
 * {@link KhoException.Reason#FENCED} while writing is.
 */
@ProviderType
public interface Pool {

    /** Who owns the blocks: the name under which they are reported. Never null. */
    String owner();

    /**
     * Allocates a zeroed block.
     *
     * @param size in bytes, 1 to 1 GiB; rounded up to a power of two of 4096-byte pages
     * @return a view of the whole block, so possibly larger than asked for
     * @throws KhoException {@code INVALID} if the size is out of range; {@code NO_MEMORY} if the limit of the memory is
     *         reached or the file system is full, and nothing has changed
     */
    Region allocate(long size);

    /** As {@link #allocate(long)}; what is secret is overwritten when it is freed. */
    Region allocate(long size, Secrecy secrecy);

    /**
     * A view of the block that starts at {@code address}.
     *
     * @throws KhoException {@code NOT_ALLOCATED} if no block of this pool starts there
     */
    Region region(long address);

    /**
     * Frees the block that starts at {@code address}. All its views end; writes in flight have ended when this returns.
     *
     * @throws KhoException {@code NOT_ALLOCATED} if no block of this pool starts there; {@code REFUSED} if a callback
     *         that has not returned yet took it out of a scope
     */
    void free(long address);

    /** How many pages of 4096 bytes the blocks of this pool have together. */
    long pages();
}
