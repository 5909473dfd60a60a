package org.liveupdate.providers.memfd.internal;

import java.util.Set;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memory.Seal;

/** One version of a memfd's record. */
interface MemfdFormat {

    /** Length in bytes. */
    int bytes();

    /** Where the descriptor of the array of folios is, in bytes. */
    int folioArrayOffset();

    /** Writes what never changes while a file is preserved, but for the array of folios. */
    void write(Region target, long size, long folios);

    /** Writes what can change. */
    void update(Region target, long position, Set<Seal> seals, boolean closed);

    /** Reads everything but the array of folios; checks nothing. */
    MemfdHeader readFrom(Region source);
}
