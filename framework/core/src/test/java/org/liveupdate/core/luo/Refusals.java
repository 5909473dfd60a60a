package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Asserts that a call is refused with an errno. */
final class Refusals {
    private Refusals() {}

    static LiveUpdateException assertErrno(Errno expected, Executable call) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, call);
        assertEquals(expected, refusal.errno(), refusal::getMessage);
        return refusal;
    }
}
