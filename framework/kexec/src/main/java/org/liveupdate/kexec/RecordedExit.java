package org.liveupdate.kexec;

import org.liveupdate.kexec.flight.Flight;

/** Ends this JVM after its flight recordings were kept. Thread safe. */
final class RecordedExit implements Exit {
    private final int generation;
    /** Guarded by this. */
    private boolean kept;

    RecordedExit(int generation) {
        this.generation = generation;
    }

    /** Keeps the recordings now: when the framework has stopped, no class of this bundle can be loaded any more. */
    synchronized void keep() {
        if (!kept) {
            kept = true;
            Flight.find().keep(generation);
        }
    }

    /** Whoever comes second, such as the shutdown hook, waits for the end of the JVM. */
    @Override
    public synchronized void halt(int status) {
        try {
            keep();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
