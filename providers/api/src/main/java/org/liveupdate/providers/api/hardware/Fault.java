package org.liveupdate.providers.api.hardware;

/** Why the IOMMU refuses an access of a device. */
public enum Fault {

    /** Translation is off: nothing is let through. */
    OFF(1, "translation is off"),

    /** The device is attached to no page table. */
    NOT_ATTACHED(2, "the device is attached to no page table"),

    /** The address is larger than page tables can translate. */
    OUT_OF_RANGE(3, "the address is out of range"),

    /** Nothing is mapped at the address. */
    UNMAPPED(4, "nothing is mapped there"),

    /** The device would write, and may only read. */
    NOT_WRITABLE(5, "the device may only read there"),

    /** The device would read, and must not. */
    NOT_READABLE(6, "the device must not read there"),

    /** A table, or what it refers to, is not within memory. */
    BAD_TABLE(7, "a translation table refers to what is not memory");

    private final int code;
    private final String text;

    Fault(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Its number in registers, at least 1. */
    public int code() {
        return code;
    }

    /** What it means, in a few words. */
    public String text() {
        return text;
    }

    /**
     * The fault with a number.
     *
     * @param code as in a register
     * @return null for 0 and for a number that none has
     */
    public static Fault of(int code) {
        for (Fault fault : values()) {
            if (fault.code == code) {
                return fault;
            }
        }
        return null;
    }
}
