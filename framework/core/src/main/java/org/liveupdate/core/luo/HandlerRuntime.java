package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.liveupdate.api.FileHandler;

/**
 * A file handler as the core knows it: the provider's definition, fixed, and the core's own state. Providers never see
 * this.
 */
public final class HandlerRuntime {
    private static final FlbRuntime[] NONE = {};

    private final String compatible;
    private final FileHandler<Object> handler;
    private final Module module;
    /** FLB names that the whiteboard service declares; empty for explicit registrations. Written under the core lock. */
    private volatile List<String> declared = List.of();
    /** The linked FLBs in order, replaced on change; written under the core lock. */
    private volatile FlbRuntime[] links = NONE;
    /** Written under the core lock. */
    private volatile boolean registered;
    /** Files that hold this handler; guarded by the core lock. */
    private long files;

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
        this.compatible = compatible;
        this.handler = (FileHandler<Object>) Objects.requireNonNull(handler, "handler");
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

    FileHandler<Object> handler() {
        return handler;
    }

    /**
     * Its owner.
     *
     * @return never null
     */
    public Module module() {
        return module;
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

    void letGo() {
        files--;
    }

    @Override
    public String toString() {
        return "handler " + compatible + " of " + module;
    }
}
