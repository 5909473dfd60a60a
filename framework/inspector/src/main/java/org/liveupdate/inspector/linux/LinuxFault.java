package org.liveupdate.inspector.linux;

import org.liveupdate.inspector.Fault;

/** A part of a dump cannot be read. */
final class LinuxFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    LinuxFault(Fault fault) {
        super(fault.expected() + ", " + fault.found());
        this.fault = fault;
    }

    /** Something is there, and wrong. */
    static LinuxFault corrupt(long address, String expected, String found) {
        return new LinuxFault(new Fault("corrupt", address, expected, found));
    }

    Fault fault() {
        return fault;
    }
}
