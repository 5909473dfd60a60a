package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Assertions about refused operations. */
final class Refusals {

    private Refusals() {}

    static KhoException assertRefused(KhoException.Reason reason, Executable operation) {
        KhoException refusal = assertThrows(KhoException.class, operation);
        assertEquals(reason, refusal.reason(), refusal::getMessage);
        return refusal;
    }
}
