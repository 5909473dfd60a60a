package org.liveupdate.core.luo;

import java.util.Objects;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.core.flight.Recorder;

/**
 * An FLB that a provider offers, as the core knows it: the provider's definition and its links to handlers. What is
 * preserved or was handed over under its name is {@link OutgoingFlb} and {@link IncomingFlb}, which outlive it.
 * Providers never see this.
 *
 * <p>
 * All fields that change are guarded by the core lock.
 */
public final class FlbRuntime implements Recorder.Call {
    private final String compatible;
    private final Module module;
    /** Null once its owner has left: nothing of that bundle is kept. Written under the core lock. */
    private volatile Flb<Object> flb;
    /** Handlers this FLB is linked to. */
    int links;
    /** What is preserved through this FLB; never null, replaced when it takes over what another one left. */
    volatile OutgoingFlb outgoing;
    /** Whether this is the one that {@link Registry#standing} finds by its name. */
    boolean stands;
    /** The callback of this FLB that runs, incoming or outgoing, or the swap that replaces it; null if none does. */
    volatile Run serving;
    /** The entry that this FLB retrieves, keeps alive, or finishes; null if none. */
    volatile IncomingFlb live;
    /** How this FLB failed to retrieve its incoming entry; null if it did not. */
    Errno failure;
    /** Its owner is leaving: nobody new is let in. */
    private volatile boolean leaving;
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
        this(compatible, Objects.requireNonNull(module, "module"));
        this.flb = (Flb<Object>) Objects.requireNonNull(flb, "flb");
    }

    private FlbRuntime(String compatible, Module module) {
        this.compatible = compatible;
        this.module = module;
        this.outgoing = new OutgoingFlb(compatible, this);
    }

    /** What stands for a name whose owner this core has never seen: as if it had left. */
    static FlbRuntime departed(String compatible, Module owner) {
        FlbRuntime departed = new FlbRuntime(compatible, owner);
        departed.leaving = true;
        return departed;
    }

    /**
     * Its string.
     *
     * @return as registered
     */
    @Override
    public String compatible() {
        return compatible;
    }

    /** The provider's object; only inside {@link Callbacks}. */
    Flb<Object> flb() throws LiveUpdateException {
        Flb<Object> provided = flb;
        if (provided == null) {
            throw new LiveUpdateException(Errno.ENODEV, this + " is not there any more: its bundle has left");
        }
        return provided;
    }

    /**
     * Its owner.
     *
     * @return never null
     */
    @Override
    public Module module() {
        return module;
    }

    @Override
    public String kind() {
        return "FLB";
    }

    /** Whether the provider has a word of its own before serialization. */
    boolean hasFreeze() {
        Flb<Object> provided = flb;
        try {
            return provided != null && provided.getClass()
                    .getMethod("freeze", FlbContext.class, long.class, Object.class).getDeclaringClass() != Flb.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // it is a method of the interface
        }
    }

    /** Takes no new users: its bundle is going away, or its service was withdrawn. */
    boolean isGoing() {
        return leaving || module.isGoing();
    }

    void leaving(boolean value) {
        leaving = value;
    }

    /**
     * Whether its owner has left, and nothing of the provider is left here.
     *
     * @return true for good
     */
    public boolean isGone() {
        return flb == null;
    }

    /** Lets go of the provider's object; what it served has been detached. */
    void letGo() {
        leaving = true;
        flb = null;
        live = null;
        outgoingGates.revoke();
        incomingGates.revoke();
    }

    /** Linked, preserved, or owner of a live entry, which is whatever is being called, too: it stands for its name. */
    boolean isUsed() {
        return links > 0 || outgoing.state != OutgoingFlb.State.IDLE || live != null;
    }

    /** Needs no lock: what another thread does cannot make it true or false. */
    boolean isServedByMe() {
        Run running = serving;
        return running != null && running.isMine();
    }

    HandleGate newGateLocked(Side side, Module asker) {
        HandleGate gate = gates(side).newGate(asker);
        refreshGatesLocked();
        return gate;
    }

    /** Open handles of one side; the core lock is held. */
    int handles(Side side) {
        return gates(side).count();
    }

    Gates gates(Side side) {
        return side == Side.OUTGOING ? outgoingGates : incomingGates;
    }

    /**
     * Opens or closes the gates as the life cycles allow: nobody comes in unseen while a callback runs, while the owner is
     * leaving, or once no file is left. After every change of these; the core lock is held.
     */
    void refreshGatesLocked() {
        boolean quiet = serving == null && !isGoing();
        OutgoingFlb out = outgoing;
        outgoingGates.open(quiet && out.isPreserved() && out.files > 0 && out.object != null);
        IncomingFlb entry = live; // retrieved, or its callback is running
        incomingGates.open(quiet && entry != null && entry.files > 0);
    }

    @Override
    public String toString() {
        return "FLB " + compatible + " of " + module;
    }
}
