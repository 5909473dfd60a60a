package org.liveupdate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AllocationBoundTest {
    private static final int LARGE_BYTES = 1 << 20;
    private static final long LIMIT_BYTES = LARGE_BYTES / 2;

    private int reads;

    private byte[] large() {
        reads++;
        return new byte[LARGE_BYTES];
    }

    @Test
    void whatAllocatesLittleIsReadOnce() {
        assertEquals(LARGE_BYTES, AllocationBound.check(4L * LARGE_BYTES, this::large).length);
        assertEquals(1, reads);
    }

    @Test
    void whatAllocatesTooMuchTwiceIsRefused() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> AllocationBound.check(LIMIT_BYTES, this::large));
        assertTrue(error.getMessage().contains("more than " + LIMIT_BYTES), error.getMessage());
        assertEquals(2, reads);
    }

    @Test
    void whatAllocatesTooMuchOnlyTheFirstTimeIsAccepted() {
        assertEquals(LARGE_BYTES, AllocationBound.check(LIMIT_BYTES, () -> reads == 0 ? large() : new byte[0]).length);
    }

    @Test
    void aRefusalThatAllocatesTooMuchIsNoExcuse() {
        assertThrows(AssertionError.class, () -> AllocationBound.check(LIMIT_BYTES, () -> {
            throw new IOException(large().length + " bytes");
        }));
        assertThrows(IOException.class, () -> AllocationBound.check(4L * LARGE_BYTES, () -> {
            throw new IOException("refused");
        }));
    }
}
