package org.liveupdate.providers.api.memory;

/** What a {@link Sealable} file forbids for good: the seals of {@code memfd_create(2)} that mean something here. */
public enum Seal {

    /** No further seal can be added ({@code F_SEAL_SEAL}). */
    SEAL(0x1),

    /** The file cannot become smaller ({@code F_SEAL_SHRINK}). */
    SHRINK(0x2),

    /** The file cannot become larger ({@code F_SEAL_GROW}). */
    GROW(0x4),

    /** The file's bytes cannot change ({@code F_SEAL_WRITE}). */
    WRITE(0x8);

    private final int bit;

    Seal(int bit) {
        this.bit = bit;
    }

    /** The seal's bit on Linux, in {@code fcntl(2)} and in preserved files. */
    public int bit() {
        return bit;
    }
}
