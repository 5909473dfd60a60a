package org.liveupdate.core.luo.model;

import java.util.List;

/** What there is in every random sequence: names, so few that they meet. */
public final class World {
    /** Names of the FLB objects: two of them have the same. */
    public static final List<String> FLBS = List.of("x", "y", "z", "x");
    /** Names of the handlers: two of them have the same. */
    public static final List<String> HANDLERS = List.of("p", "q", "p");
    /** Names of the sessions. */
    public static final List<String> SESSIONS = List.of("one", "two");
    /** Kinds of the files that exist from the start. */
    public static final List<String> FILES = List.of("p", "p", "q", "q");
    /** How many FLBs may be linked or in use. */
    public static final int LIMIT = 2;
    /** The callbacks that can be made to fail, by name of an FLB or a handler. */
    public static final List<String> FAILING = List.of("x.preserve", "y.preserve", "x.retrieve", "y.retrieve",
            "x.freeze", "p.preserve", "q.preserve", "p.retrieve", "q.retrieve", "p.freeze", "q.freeze", "p.can_finish",
            "q.can_finish");

    private World() {}

    /** The module of an FLB object. */
    public static String flbModule(int flb) {
        return "module of flb " + flb;
    }

    /** The module of a handler. */
    public static String handlerModule(int handler) {
        return "module of handler " + handler;
    }

    /** The element at an index that wraps around. */
    public static <E> E pick(List<E> list, int index) {
        return list.get(index % list.size());
    }
}
