package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.flight.Recorder;

/**
 * A file handler as the core knows it: the provider's definition, fixed, and the core's own state. Providers never see
 * this.
 */
public final class HandlerRuntime implements Recorder.Call {
    private static final FlbRuntime[] NONE = {};

    private final String compatible;
    private final Module module;
    /** Null once its owner has left: nothing of that bundle is kept. Written under the core lock. */
    private volatile FileHandler<Object> handler;
    /** Its owner is leaving, and takes no new files. Written under the core lock. */
    private volatile boolean leaving;
    /** A swap is replacing it: whoever wants it waits. Written under the core lock. */
    private volatile boolean replacing;
    /** FLB names that the whiteboard service declares; empty for explicit registrations. Written under the core lock. */
    private volatile List<String> declared = List.of();
    /** The linked FLBs in order, replaced on change; written under the core lock. */
    private volatile FlbRuntime[] links = NONE;
    /** Written under the core lock. */
    private volatile boolean registered;
    /** Files that hold this handler; guarded by the core lock. */
    private long files;
    /** What a file preserved with the present links holds: one array for all such files. Guarded by the core lock. */
    private OutgoingFlb[] held = {};
    /** How this handler failed to retrieve files that another one left. Guarded by the core lock. */
    private final Map<Object, LiveUpdateException> failures = new IdentityHashMap<>();

    /**
     * A handler nobody registered yet.
     *
     * @param compatible
     *            its string, checked at registration
     * @param handler
     *            the provider's object, not null
     * @param module
     *            its owner, not null
     */
    @SuppressWarnings("unchecked") // canPreserve guards what is passed in
    public HandlerRuntime(String compatible, FileHandler<?> handler, Module module) {
        this(compatible, Objects.requireNonNull(module, "module"));
        this.handler = (FileHandler<Object>) Objects.requireNonNull(handler, "handler");
    }

    private HandlerRuntime(String compatible, Module module) {
        this.compatible = compatible;
        this.module = module;
    }

    /** Stands for a handler that this core has never seen: as if its owner had left. */
    static HandlerRuntime departed(String compatible, Module owner) {
        HandlerRuntime departed = new HandlerRuntime(compatible, owner);
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
    FileHandler<Object> handler() throws LiveUpdateException {
        FileHandler<Object> provided = handler;
        if (provided == null) {
            throw new LiveUpdateException(Errno.ENODEV, this + " is not there any more: its bundle has left");
        }
        return provided;
    }

    /** Takes no new files: its bundle is going away, or its service was withdrawn. */
    boolean isGoing() {
        return leaving || module.isGoing();
    }

    void leaving(boolean value) {
        leaving = value;
    }

    boolean isReplacing() {
        return replacing;
    }

    void replacing(boolean value) {
        replacing = value;
    }

    /**
     * Whether its owner has left, and nothing of the provider is left here.
     *
     * @return true for good
     */
    public boolean isGone() {
        return handler == null;
    }

    /** Lets go of the provider's object; its files have been detached. */
    void letGo() {
        leaving = true;
        handler = null;
        failures.clear();
    }

    /** How this handler failed to retrieve a file that another one left, or null. */
    LiveUpdateException failure(Object file) {
        return failures.get(file);
    }

    /** Files that it could not retrieve because something was missing may be tried again; whether there are any. */
    boolean forgetMissing() {
        return failures.values().removeIf(failure -> failure.errno() == Errno.ENODEV);
    }

    void failed(Object file, LiveUpdateException failure) {
        failures.put(file, failure);
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
        return "HANDLER";
    }

    /**
     * Whether it is in the registry.
     *
     * @return false before and after
     */
    public boolean registered() {
        return registered;
    }

    void registered(boolean value) {
        registered = value;
    }

    FlbRuntime[] links() {
        return links;
    }

    boolean isLinkedTo(FlbRuntime flb) {
        for (FlbRuntime link : links) {
            if (link == flb) {
                return true;
            }
        }
        return false;
    }

    void addLink(FlbRuntime flb) {
        List<FlbRuntime> next = new ArrayList<>(List.of(links));
        next.add(flb);
        links = next.toArray(NONE);
    }

    void removeLink(FlbRuntime flb) {
        List<FlbRuntime> next = new ArrayList<>(List.of(links));
        next.remove(flb);
        links = next.toArray(NONE);
    }

    /** Puts links into the order in which the service declares them; the core lock is held. */
    void sortLinks() {
        List<FlbRuntime> next = new ArrayList<>(List.of(links));
        next.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        links = next.toArray(NONE);
    }

    private int rank(FlbRuntime flb) {
        int index = declared.indexOf(flb.compatible());
        return index < 0 ? Integer.MAX_VALUE : index;
    }

    List<String> declared() {
        return declared;
    }

    void declared(List<String> names) {
        declared = List.copyOf(names);
    }

    /** Declared FLBs that are not linked: files cannot be preserved without them. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(declared);
        for (FlbRuntime link : links) {
            missing.remove(link.compatible());
        }
        return missing;
    }

    long files() {
        return files;
    }

    void hold() {
        files++;
    }

    void unhold() {
        files--;
    }

    /** What files preserved before hold, if they hold that many; else an array to be filled. Not to be changed. */
    OutgoingFlb[] held(int length) {
        return held.length == length ? held : new OutgoingFlb[length];
    }

    void held(OutgoingFlb[] shared) {
        held = shared;
    }

    /** The links of another one, which it replaces, as far as it declares them itself. The core lock is held. */
    void takeLinks(HandlerRuntime replaced) {
        links = replaced.links;
        held = replaced.held;
        replaced.links = NONE;
        sortLinks();
    }

    /** Another FLB stands for the same name now: it takes the place of the one that is gone. The core lock is held. */
    void replaceLink(FlbRuntime gone, FlbRuntime next) {
        FlbRuntime[] replaced = links.clone();
        for (int i = 0; i < replaced.length; i++) {
            if (replaced[i] == gone) {
                replaced[i] = next;
            }
        }
        links = replaced;
    }

    @Override
    public String toString() {
        return "handler " + compatible + " of " + module;
    }
}
