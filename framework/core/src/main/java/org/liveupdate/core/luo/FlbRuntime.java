package org.liveupdate.core.luo;

import java.util.Objects;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.Side;
import org.liveupdate.kho.ScopeControl;

/**
 * An FLB as the core knows it: the provider's definition, fixed, and the core's own state, above all the outgoing life
 * cycle. Providers never see this.
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
 * </pre>
 *
 * All fields that change are guarded by the core lock.
 */
public final class FlbRuntime {
    /** The outgoing life cycle. */
    public enum State {
        /** Nothing preserved. */
        IDLE,
        /** The provider's preserve is running. */
        PRESERVING,
        /** Preserved. */
        PRESERVED,
        /** The provider's unpreserve is running. */
        UNPRESERVING
    }

    private final String compatible;
    private final Flb<Object> flb;
    private final Module module;

    /** Handlers this FLB is linked to. */
    int links;
    State state = State.IDLE;
    /** Whether this is the one that {@link Registry#standing} finds by its name. */
    boolean stands;
    /** Preserved files that hold this FLB. */
    long files;
    long data;
    /** Volatile, so that handles read it without the lock. */
    volatile Object object;
    /** Handover memory of the outgoing side, or null while none was asked for. */
    ScopeControl scope;
    /** The callback of this FLB that runs, incoming or outgoing; null if none does. */
    volatile Run serving;
    /** The entry that this FLB retrieves, keeps alive, or finishes; null if none. */
    volatile IncomingFlb live;
    /** How this FLB failed to retrieve its entry; null if it did not. */
    Errno failure;
    private final Gates outgoingGates = new Gates(this, Side.OUTGOING);
    private final Gates incomingGates = new Gates(this, Side.INCOMING);
    /** How often preserve and unpreserve were called. */
    long preserveCalls;
    long unpreserveCalls;

    /**
     * An FLB that nothing is linked to yet.
     *
     * @param compatible
     *            its string, checked at registration
     * @param flb
     *            the provider's object, not null
     * @param module
     *            its owner, not null
     */
    @SuppressWarnings("unchecked") // the object comes from the FLB itself and only goes back to it
    public FlbRuntime(String compatible, Flb<?> flb, Module module) {
        this.compatible = compatible;
        this.flb = (Flb<Object>) Objects.requireNonNull(flb, "flb");
        this.module = Objects.requireNonNull(module, "module");
    }

    /**
     * Its string.
     *
     * @return as registered
     */
    public String compatible() {
        return compatible;
    }

    Flb<Object> flb() {
        return flb;
    }

    /**
     * Its owner.
     *
     * @return never null
     */
    public Module module() {
        return module;
    }

    /** Linked, preserved, or owner of a live entry, which is whatever is being called, too: it stands for its name. */
    boolean isUsed() {
        return links > 0 || state != State.IDLE || live != null;
    }

    /** Needs no lock: what another thread does cannot make it true or false. */
    boolean isServedByMe() {
        Run running = serving;
        return running != null && running.isMine();
    }

    boolean wantsUnpreserve() {
        return state == State.PRESERVED && files == 0 && outgoingGates.count() == 0;
    }

    HandleGate newGateLocked(Side side) {
        HandleGate gate = gates(side).newGate();
        refreshGatesLocked();
        return gate;
    }

    /** Open handles of one side; the core lock is held. */
    int handles(Side side) {
        return gates(side).count();
    }

    private Gates gates(Side side) {
        return side == Side.OUTGOING ? outgoingGates : incomingGates;
    }

    /**
     * Opens or closes the gates as the life cycles allow: nobody comes in unseen while a callback runs, while the bundle is
     * going, or once no file is left. After every change of these; the core lock is held.
     */
    void refreshGatesLocked() {
        boolean quiet = serving == null && !module.isGoing();
        outgoingGates.open(quiet && state == State.PRESERVED && files > 0 && object != null);
        IncomingFlb entry = live; // retrieved, or its callback is running
        incomingGates.open(quiet && entry != null && entry.files > 0);
    }

    @Override
    public String toString() {
        return "FLB " + compatible + " of " + module;
    }
}
