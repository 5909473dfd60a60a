package org.liveupdate.providers.api.support;

import java.util.EnumSet;
import java.util.Set;
import org.liveupdate.providers.api.memory.Seal;

/** Seals as the bits in which preserved files and Linux have them. */
public final class SealBits {

    private SealBits() {}

    /** The bits of {@code seals}. */
    public static int of(Set<Seal> seals) {
        return seals.stream().mapToInt(Seal::bit).sum();
    }

    /** The seals of {@code bits}; see {@link #unknown} for the rest. */
    public static Set<Seal> seals(int bits) {
        Set<Seal> seals = EnumSet.allOf(Seal.class);
        seals.removeIf(seal -> (bits & seal.bit()) == 0);
        return seals;
    }

    /** Those of {@code bits} that are no seal known here; whoever ignored them would break a promise. */
    public static int unknown(int bits) {
        return bits & ~of(EnumSet.allOf(Seal.class));
    }
}
