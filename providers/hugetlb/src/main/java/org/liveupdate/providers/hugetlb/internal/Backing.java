package org.liveupdate.providers.hugetlb.internal;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/** Finds the preserved pages of a file again. */
interface Backing {

    /**
     * Takes the pages over.
     *
     * @param scope what was preserved with the file
     * @param header its record
     * @param record what was read from {@code header}, checked
     * @throws LiveUpdateException {@code EINVAL} if the pages are not there as the record says, {@code ENODEV} if this
     *         framework cannot reach them
     */
    HugeRun retrieve(Scope scope, Region header, HugeMemfdLayout record) throws LiveUpdateException;

    /**
     * Frees pages that nobody has retrieved, as far as they are not in the scope.
     *
     * @param header the record
     */
    void giveBack(Region header);
}
