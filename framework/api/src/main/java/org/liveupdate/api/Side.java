package org.liveupdate.api;

/** On which side of a live update a life cycle or a session is. Both sides can be live at once. */
public enum Side {
    /** To be handed to the next generation. */
    OUTGOING,
    /** Handed over by the previous generation. */
    INCOMING
}
