package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** What has to be refused. */
final class Refusals {

    private Refusals() {}

    /** Returns the message. */
    static String assertErrno(Errno errno, Executable refused) {
        LiveUpdateException e = assertThrows(LiveUpdateException.class, refused);
        assertEquals(errno, e.errno(), e::getMessage);
        return e.getMessage();
    }
}
