package org.liveupdate.api;

/** Why a callback is called. */
public enum Reason {
    /** For a live update of the whole JVM (kexec): state was, or will be, handed to another generation. */
    HANDOVER,
    /** For a change of owner inside the running framework: another instance or bundle takes the state over. */
    ATTACH
}
