package org.liveupdate.providers.api.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.providers.api.memory.Seal;

class SealBitsTest {

    @Test
    void sealsHaveTheBitsOfLinux() {
        assertEquals(0xF, SealBits.of(EnumSet.allOf(Seal.class)));
        assertEquals(0x6, SealBits.of(Set.of(Seal.SHRINK, Seal.GROW)));
        assertEquals(0, SealBits.of(Set.of()));
        assertEquals(Set.of(Seal.SEAL, Seal.WRITE), SealBits.seals(0x9));
        assertEquals(Set.of(), SealBits.seals(0x30));
    }

    @Test
    void otherBitsAreUnknown() {
        assertEquals(0, SealBits.unknown(0xF));
        assertEquals(0x80000010, SealBits.unknown(0x80000011));
    }
}
