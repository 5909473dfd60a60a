package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** How refusals are checked. */
final class Refused {

    private Refused() {}

    static void with(Errno errno, Executable operation) {
        LiveUpdateException e = assertThrows(LiveUpdateException.class, operation);
        assertEquals(errno, e.errno(), e.getMessage());
    }

    /** The message names {@code part}. */
    static void with(Errno errno, String part, Executable operation) {
        LiveUpdateException e = assertThrows(LiveUpdateException.class, operation);
        assertEquals(errno, e.errno(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** With what an operation is refused. */
    static Errno errno(Executable operation) {
        return assertThrows(LiveUpdateException.class, operation).errno();
    }
}
