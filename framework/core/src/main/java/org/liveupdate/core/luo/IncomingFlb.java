package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.kho.ScopeControl;

/**
 * An FLB entry of the image: the incoming life cycle. It exists from the image on, with its count of files, whether or
 * not anybody ever asks for it.
 *
 * <pre>
 *   state       event                              action                    next
 *   PENDING     get, or the last file finishes     get module, retrieve      RETRIEVING
 *   RETRIEVING  retrieve returned                  -                         LIVE
 *   RETRIEVING  retrieve failed                    put module, remember      FAILED
 *   LIVE        get                                same object               LIVE
 *   LIVE        file finished, or handle closed,   finish                    FINISHING
 *               and neither is left
 *   FINISHING   finish returned                    put module                FINISHED
 *   LIVE        owner leaves                       detach, put module        DETACHED
 *   FAILED,     an allowed owner registers         -                         PENDING
 *   DETACHED
 *   PENDING     last file finishes, no owner       memory stays, reported    PENDING, files = 0
 * </pre>
 *
 * All fields that change are guarded by the core lock.
 */
final class IncomingFlb {
    /** The incoming life cycle. */
    enum State {
        PENDING, RETRIEVING, LIVE, FAILED, DETACHED, FINISHING, FINISHED
    }

    final String name;
    /** Number of its memory scope in the image, 0 for none. */
    final long scopeId;
    /** Identity of the bundle whose state it is: another one needs a swap, or the policy's leave. */
    String preservedBy;

    State state = State.PENDING;
    long files;
    long data;
    /** Volatile, so that handles read it without the lock. */
    volatile Object object;
    /** The FLB that retrieved this entry or failed to; null before and after. */
    FlbRuntime owner;
    /** Why it is FAILED. */
    Errno failure;
    String failureText;
    /** Null while no callback asked for it. */
    ScopeControl scope;
    /** Who detached it and when; null if nobody did. */
    Departure departure;
    long retrieveCalls;
    long finishCalls;

    IncomingFlb(ImageModel.FlbEntry entry) {
        this.name = entry.name();
        this.data = entry.data();
        this.files = entry.files();
        this.scopeId = entry.scope();
        this.preservedBy = entry.owner();
    }

    boolean wantsFinish() {
        return state == State.LIVE && files == 0 && handles() == 0;
    }

    /** Open incoming handles: those on the FLB that keeps this entry alive. */
    int handles() {
        return owner == null || owner.live != this ? 0 : owner.handles(Side.INCOMING);
    }

    boolean isLeftOver() {
        return state == State.PENDING && files == 0;
    }

    @Override
    public String toString() {
        return "incoming FLB " + name;
    }
}
