package org.liveupdate.crash;

/** Where a live update can be killed: each has a moment before it and one after it. */
enum Step {
    /** The predecessor checks what its successor can read. */
    PREPARE(Side.PREDECESSOR),
    /** Room for the image is taken, by writing zeros. */
    RESERVE(Side.PREDECESSOR),
    /** A file or FLB is frozen. */
    FREEZE(Side.PREDECESSOR),
    /** The image is written over them, when all is frozen. */
    WRITE(Side.PREDECESSOR),
    /** The image is forced. */
    FORCE(Side.PREDECESSOR),
    /** An old image or memory file is deleted. */
    CLEANUP(Side.PREDECESSOR),
    /** The image is renamed to committed. */
    COMMIT(Side.PREDECESSOR),
    /** The image is there, and the successor is told of it. */
    HANDOVER(Side.SUCCESSOR),
    /** The image is renamed to claimed. */
    CLAIM(Side.SUCCESSOR),
    /** The image is renamed to confirmed. */
    CONFIRM(Side.SUCCESSOR),
    /** The image is renamed to taken back. */
    TAKE_BACK(Side.PREDECESSOR),
    /** A file or FLB is unfrozen after that. */
    RESUME(Side.PREDECESSOR),
    /** A file or FLB is retrieved. */
    RETRIEVE(Side.SUCCESSOR),
    /** A file or FLB is finished. */
    FINISH(Side.SUCCESSOR);

    /** Who makes a step. */
    enum Side {
        PREDECESSOR, SUCCESSOR
    }

    private final Side side;

    Step(Side side) {
        this.side = side;
    }

    Side side() {
        return side;
    }
}
