package org.liveupdate.providers.hugetlb.internal;

import java.nio.ByteBuffer;
import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.support.Storage;

/**
 * The huge pages of one file, one behind the other: where they really are. Guarded by the file's custody; bounds have been
 * checked.
 */
interface HugeRun {

    /** Where the pages are, for people. */
    String backing();

    /** How many pages there are. */
    long pages();

    /** Fills {@code target}, from {@code offset} bytes on. */
    void read(long offset, ByteBuffer target);

    /** Writes what {@code source} has, from {@code offset} bytes on. */
    void write(long offset, ByteBuffer source);

    /**
     * Adds pages of zeros at the end, or frees some there.
     *
     * @throws ByteFileException {@code ENOMEM} if there are no more; nothing has changed
     */
    void resize(long pages) throws ByteFileException;

    /**
     * Where a range is in handover memory.
     *
     * @throws ByteFileException {@code EOPNOTSUPP} if it is not there
     */
    List<Extent> extents(long offset, long length) throws ByteFileException;

    /** Says where devices may write from now on; nowhere if there are no {@link #extents}. */
    default void writtenByDevices(List<Extent> ranges) {}

    /** All bytes, as they are arranged now. */
    Storage.View view();

    /** Frees all pages. */
    void free();

    /**
     * Preserves the pages, and writes into {@code header} how to find them.
     *
     * @param scope what the file may preserve
     * @param header a {@link HugeMemfdLayout}
     * @param epoch of the FLB, 32 hexadecimal digits
     */
    void preserve(Scope scope, Region header, String epoch) throws LiveUpdateException;

    /** The pages are ordinary again; what the scope has left is metadata. */
    void unpreserve(Scope scope);

    /** Somebody else gets the pages: nothing here touches them once this returns. */
    void leave();

    /** The handover is over, the file lives on. */
    void finished();
}
