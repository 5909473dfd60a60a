package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

/** What is rehearsed before a handover works. */
class RehearsalTest {
    @Test
    void whatTheRehearsalWritesItCanRead() {
        assertDoesNotThrow(Rehearsal::run);
    }
}
