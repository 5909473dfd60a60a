package org.liveupdate.api.handover;

/**
 * Where a generation stands.
 *
 * <pre>
 *   successor:  WAITING --claim--> CLAIMED --confirm--> RUNNING
 *                                     |
 *                                     +--(taken back)--> FENCED
 *   in charge:  RUNNING --commit--> COMMITTED --takeBack, resume--> RUNNING
 *                  |                    |
 *                (veto)                 +--(confirmed by the successor), fence--> FENCED
 * </pre>
 */
public enum Phase {
    /** A successor that waits for an image. */
    WAITING,
    /** A successor that loaded the image; it has called nobody and written nothing. */
    CLAIMED,
    /** In charge. */
    RUNNING,
    /** Frozen, the image is committed; the successor may claim it. */
    COMMITTED,
    /** Out of charge for good: no callback, no write to handover memory. */
    FENCED
}
