package org.liveupdate.core.luo;

import java.util.Objects;

/**
 * A bundle as the owner of FLBs and file handlers ({@code struct module}).
 *
 * <pre>
 *   COMING --> LIVE --> GOING
 * </pre>
 *
 * A reference can be taken while COMING or LIVE ({@code try_module_get}), not while GOING. References that are held
 * keep their meaning in every state.
 */
public final class Module {
    /** Where the bundle stands. */
    public enum State {
        /** Starting. */
        COMING,
        /** Active. */
        LIVE,
        /** Stopping, stopped, or being unloaded: no new references. */
        GOING
    }

    private final String name;
    private final String version;
    /** Both, for people. */
    private final String text;
    private final long id;
    private final String owner;
    private final boolean counted;
    /** Written under the core lock. */
    private volatile State state;
    /** This bundle as one that opens handles. */
    private final Holder holder = new Holder(this);
    /** Guarded by the core lock. */
    private int references;

    private Module(String name, String version, long id, String signer, boolean counted, State state) {
        this.name = Objects.requireNonNull(name, "name");
        this.version = version;
        this.text = version.isEmpty() ? name : name + ' ' + version;
        this.id = id;
        this.owner = signer.isEmpty() ? name : name + " signed by " + signer;
        this.counted = counted;
        this.state = state;
    }

    /**
     * A module that comes and goes.
     *
     * @param name
     *            symbolic name
     * @param version
     *            for people
     * @param id
     *            bundle id, or -1
     * @param state
     *            where it stands now
     * @return a module without references
     */
    public static Module of(String name, String version, long id, State state) {
        return new Module(name, version, id, "", true, state);
    }

    /**
     * This module, signed.
     *
     * @param signer
     *            what identifies the signer's certificate, or an empty string
     * @return a module without references
     */
    public Module signedBy(String signer) {
        return new Module(name, version, id, signer, counted, state);
    }

    /**
     * What is always there and never counted.
     *
     * @param name
     *            for people
     * @return a module
     */
    public static Module builtIn(String name) {
        return new Module(name, "", -1, "", false, State.LIVE);
    }

    /**
     * Who it is, also in another generation.
     *
     * @return symbolic name
     */
    public String name() {
        return name;
    }

    /**
     * Who may take over what this module preserved: symbolic name, and the signer where there is one.
     *
     * @return the same in every generation
     */
    public String owner() {
        return owner;
    }

    /**
     * The bundle's id.
     *
     * @return -1 if it is no bundle
     */
    public long id() {
        return id;
    }

    /**
     * Where it stands.
     *
     * @return never null
     */
    public State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /**
     * Whether it can go, so that references on it count.
     *
     * @return false for what is always there
     */
    public boolean isCounted() {
        return counted;
    }

    boolean isGoing() {
        return state == State.GOING;
    }

    /** Takes a reference; the core lock is held, and {@link References} has seen that the module is not going. */
    void get() {
        if (counted) {
            references++;
        }
    }

    /** Gives a reference back; the core lock is held. */
    void put() {
        if (counted) {
            if (references == 0) {
                throw new IllegalStateException("module " + name + " has no reference to give back");
            }
            references--;
        }
    }

    /** References without those of open handles: {@link References#count}. */
    int references() {
        return references;
    }

    Holder holder() {
        return holder;
    }

    /** For people: symbolic name and version. */
    @Override
    public String toString() {
        return text;
    }
}
