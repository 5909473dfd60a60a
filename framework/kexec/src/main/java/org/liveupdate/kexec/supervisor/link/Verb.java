package org.liveupdate.kexec.supervisor.link;

/** What a message on the control channel says. {@code n} is the number of a generation, 1 for the first. */
public enum Verb {
    /** {@code HELLO n}: a generation opens its connection. */
    HELLO,
    /** {@code WELCOME charge} or {@code WELCOME wait}: the supervisor knows the generation, and whether it is in charge. */
    WELCOME,
    /** {@code PREPARE directory}: the generation in charge wants a successor on this handover directory. */
    PREPARE,
    /** {@code STARTED n pid}: the successor's JVM runs. */
    STARTED,
    /** {@code FAILED text}: there is no successor, and why. */
    FAILED,
    /** {@code CAN text}: one thing that the successor can read. */
    CAN,
    /** {@code READY}: the list of what the successor can read is complete, and it waits for an image. */
    READY,
    /** {@code COMMITTED number}: the image with this number may be claimed. */
    COMMITTED,
    /** {@code CONFIRMED}: the successor owns the image and is in charge. */
    CONFIRMED,
    /** {@code REFUSED ERRNO text}: the successor did not take the image, and why. */
    REFUSED,
    /** {@code KILL n}: the generation in charge wants the successor's end. */
    KILL,
    /** {@code DEAD n status}: the successor has ended; 128 plus the signal's number if one ended it. */
    DEAD,
    /** {@code ALONE}: the generation is in charge, and its predecessor has ended; it may use what only one can. */
    ALONE
}
