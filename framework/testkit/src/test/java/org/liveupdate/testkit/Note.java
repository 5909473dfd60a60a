package org.liveupdate.testkit;

/** The file of the sample provider: a number that lives as long as its user or a session has it. */
final class Note {
    /** All guarded by this. */
    private int number;
    private boolean open = true;
    private boolean held;
    private boolean fixed;

    Note(int number) {
        this.number = number;
    }

    synchronized int number() {
        if (!open && !held) {
            throw new IllegalStateException("the note is gone");
        }
        return number;
    }

    synchronized void number(int next) {
        if (fixed) {
            throw new IllegalStateException("the note cannot be changed now");
        }
        number = next;
    }

    synchronized void fix(boolean now) {
        fixed = now;
    }

    synchronized void close() {
        open = false;
    }

    synchronized void hold(boolean now) {
        held = now;
    }
}
