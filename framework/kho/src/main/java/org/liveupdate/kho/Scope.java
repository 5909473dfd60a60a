package org.liveupdate.kho;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The preserved blocks of one FLB or one file: what a provider's callback sees of handover memory.
 *
 * <p>Everything here concerns this scope's own blocks and those of its {@linkplain #pool() pool}; an address that
 * belongs to anybody else is refused as not there, never touched. No block starts at address 0, so
 * 0 may stand for "none" in a provider's data; no method here accepts it.
 *
 * <p>Safe for use by several threads. What changes a block is refused with {@link KhoException.Reason#FROZEN} or
 * {@link KhoException.Reason#FENCED} while writing is. A scope handed to a callback is refused with
 * {@link KhoException.Reason#REFUSED} once that callback was rolled back or its owner has left.
 */
@ProviderType
public interface Scope {

    /** The number of this scope, at least 1, never used twice, the same in every generation. */
    long id();

    /** Which FLB or file the blocks belong to, as reported. Never null. */
    String owner();

    /** The pool that blocks come from and return to. Never null. */
    Pool pool();

    /**
     * Allocates a zeroed block that is preserved in this scope.
     *
     * @param size in bytes, 1 to 1 GiB; rounded up to a power of two of 4096-byte pages
     * @return a view of the whole block
     * @throws KhoException as for {@link Pool#allocate}
     */
    Region allocPreserve(long size);

    /** As {@link #allocPreserve(long)}; what is secret is overwritten when it is freed. */
    Region allocPreserve(long size, Secrecy secrecy);

    /**
     * Frees a preserved block: the counterpart of {@link #allocPreserve} before the live update. All its views end.
     *
     * @throws KhoException {@code NOT_PRESERVED} if no block of this scope starts there; {@code REFUSED} inside
     *        retrieve
     */
    void unpreserveFree(long address);

    /**
     * Moves an ordinary block of this scope's pool into this scope. Its contents and views stay.
     *
     * @throws KhoException {@code NOT_ALLOCATED} if no block of the pool starts there
     */
    void preserve(long address);

    /**
     * Moves a preserved block back to this scope's pool. Its contents and views stay.
     *
     * @throws KhoException {@code NOT_PRESERVED} if no block of this scope starts there; {@code REFUSED} inside
     *        retrieve
     */
    void unpreserve(long address);

    /**
     * Takes over a block that was inherited, from the previous generation or, when attaching, from the previous owner.
     *
     * <p>A block that came with an image is verified: its contents have the checksum that the image has for it. As long
     * as the blocks that were restored in this scope have {@link MemoryOptions#verifiedAtOnceBytes()} together, that is
     * done before this returns. Larger ones are verified in the background, so that nobody waits for gigabytes: they
     * can be used meanwhile, written to as well, and {@link #requireIntact()} tells the result.
     *
     * @return a view of the whole block, contents as they were left
     * @throws KhoException {@code NOT_PRESERVED} if no block of this scope starts there; {@code ALREADY_RESTORED} if
     *         the present owner restored, allocated or preserved it; {@code CORRUPT} if the contents are not what the
     *         image says, and the block is as it was
     */
    Region restore(long address);

    /**
     * Frees an inherited block, restored or not: the counterpart of {@link #unpreserveFree} after the live update. All
     * its views end.
     *
     * @throws KhoException {@code NOT_PRESERVED} if no inherited block of this scope starts there; {@code REFUSED}
     *         inside retrieve
     */
    void restoreFree(long address);

    /**
     * A view of a block of this scope; changes nothing.
     *
     * @throws KhoException {@code NOT_PRESERVED} if no block of this scope starts there
     */
    Region region(long address);

    /**
     * Verifies what is not verified yet of the blocks that were restored in this scope, and waits for it. The core asks
     * before a file is finished.
     *
     * @throws KhoException {@code CORRUPT} for the first one whose contents were not what the image says
     */
    void requireIntact();

    /** How many pages of 4096 bytes the blocks of this scope have together. */
    long pages();

    /** The blocks of this scope by address; a copy. Never null. */
    List<Block> blocks();
}
