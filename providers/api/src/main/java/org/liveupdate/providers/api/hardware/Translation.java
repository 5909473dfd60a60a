package org.liveupdate.providers.api.hardware;

/**
 * Where an access of a device ends.
 *
 * @param fault why it is refused, or null
 * @param address in handover memory if it is not refused, else 0
 */
public record Translation(Fault fault, long address) {

    /** An access that is refused. */
    public static Translation refused(Fault fault) {
        return new Translation(fault, 0);
    }

    /** An access that is let through. */
    public static Translation to(long address) {
        return new Translation(null, address);
    }

    /** Whether the access is refused. */
    public boolean faults() {
        return fault != null;
    }
}
