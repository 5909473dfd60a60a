package org.liveupdate.core.luo;

import org.liveupdate.kho.ScopeControl;

/**
 * The outgoing life cycle of one FLB: what is preserved under its name, whoever provides it at the moment. Files hold
 * this, not the provider, so that the provider can be replaced while they do.
 *
 * <pre>
 *   state         event                          action                      next
 *   IDLE          first file                     get module, preserve        PRESERVING
 *   PRESERVING    preserve returned              files = 1                   PRESERVED
 *   PRESERVING    preserve failed                put module                  IDLE
 *   PRESERVED     further file                   files + 1                   PRESERVED
 *   PRESERVED     file gone, or handle closed,   unpreserve                  UNPRESERVING
 *                 and neither is left
 *   UNPRESERVING  unpreserve returned            put module                  IDLE
 *   PRESERVED     owner leaves                   detach, put module          DETACHED
 *   DETACHED      file gone                      files - 1                   DETACHED
 *   DETACHED      an allowed owner registers     get module, retrieve        ATTACHING
 *   ATTACHING     retrieve returned              unpreserve if files = 0     PRESERVED
 *   ATTACHING     retrieve failed                put module, remember        DETACHED
 * </pre>
 *
 * All fields that change are guarded by the core lock.
 */
final class OutgoingFlb {
    /** The outgoing life cycle. */
    enum State {
        /** Nothing preserved. */
        IDLE,
        /** The provider's preserve is running. */
        PRESERVING,
        /** Preserved. */
        PRESERVED,
        /** The provider's unpreserve is running. */
        UNPRESERVING,
        /** Preserved, and nobody there to serve it. */
        DETACHED,
        /** The next owner's retrieve is running. */
        ATTACHING
    }

    final String name;

    /** Who provides it; the last one that did while it is detached. */
    FlbRuntime owner;
    State state = State.IDLE;
    /** Preserved files that hold it. */
    long files;
    long data;
    /** Volatile, so that handles read it without the lock. */
    volatile Object object;
    /** Its handover memory, or null while none was asked for. */
    ScopeControl scope;
    /** Who detached it and when; null unless it is detached. */
    Departure departure;
    /** Whether whoever detached it would have had a word before serialization. */
    boolean freezes;

    OutgoingFlb(String name, FlbRuntime owner) {
        this.name = name;
        this.owner = owner;
    }

    boolean isPreserved() {
        return state == State.PRESERVED;
    }

    boolean isDetached() {
        return state == State.DETACHED;
    }

    boolean wantsUnpreserve() {
        return state == State.PRESERVED && files == 0 && owner.handles(org.liveupdate.api.Side.OUTGOING) == 0;
    }

    /** Nothing is preserved any more. */
    void clear() {
        state = State.IDLE;
        data = 0;
        object = null;
        scope = null;
        departure = null;
    }

    @Override
    public String toString() {
        return "outgoing FLB " + name;
    }
}
