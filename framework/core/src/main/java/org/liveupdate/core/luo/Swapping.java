package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Replaces one bundle by another as the owner of everything it has registered or preserved. */
final class Swapping {
    private final Orchestrator core;

    Swapping(Orchestrator core) {
        this.core = core;
    }

    /**
     * Replaces a bundle.
     *
     * @param old
     *            the owner until now
     * @param handlers
     *            what the new owner offers, not registered
     * @param flbs
     *            what the new owner offers, not linked
     * @throws LiveUpdateException
     *             {@code EINVAL} the new one lacks a string that is in use; {@code EBUSY} what would be replaced is busy, or
     *             a handle on it stays open; whatever the new one's retrieve answers; everything is as before in each case
     */
    void swap(Module old, List<HandlerRuntime> handlers, List<FlbRuntime> flbs) throws LiveUpdateException {
        core.checkEnabled();
        core.phases().checkNotFrozen();
        core.phases().checkNotFreezing();
        Map<HandlerRuntime, HandlerRuntime> nextHandlers = new LinkedHashMap<>();
        Map<FlbRuntime, FlbRuntime> nextFlbs = new LinkedHashMap<>();
        core.lock().lock();
        try {
            pair(old, handlers, flbs, nextHandlers, nextFlbs);
        } finally {
            core.lock().unlock();
        }
        new Swap(core, old, nextHandlers, nextFlbs).run();
    }

    private void pair(Module old, List<HandlerRuntime> handlers, List<FlbRuntime> flbs,
            Map<HandlerRuntime, HandlerRuntime> nextHandlers, Map<FlbRuntime, FlbRuntime> nextFlbs)
            throws LiveUpdateException {
        List<HandlerRuntime> oldHandlers = new ArrayList<>();
        List<FlbRuntime> oldFlbs = new ArrayList<>();
        Users.ownedLocked(core, old, oldHandlers, oldFlbs);
        List<String> lacking = new ArrayList<>();
        for (HandlerRuntime handler : oldHandlers) {
            HandlerRuntime next = handlers.stream().filter(each -> each.compatible().equals(handler.compatible()))
                    .findFirst().orElse(null);
            if (next != null) {
                nextHandlers.put(handler, next);
            } else if (isInUse(handler)) {
                lacking.add(nameOf(handler));
            }
        }
        for (FlbRuntime flb : oldFlbs) {
            FlbRuntime next = flbs.stream().filter(each -> each.compatible().equals(flb.compatible())).findFirst()
                    .orElse(null);
            if (next != null) {
                nextFlbs.put(flb, next);
            } else if (isInUse(flb)) {
                lacking.add(nameOf(flb));
            }
        }
        if (!lacking.isEmpty()) {
            throw new LiveUpdateException(Errno.EINVAL, old + " is not replaced: the new bundle does not offer what is "
                    + "in use: " + lacking);
        }
    }

    /** What another bundle would have to offer, {@code handler NAME} and {@code FLB NAME}; the core lock is held. */
    List<String> inUseLocked(Module old) {
        List<HandlerRuntime> handlers = new ArrayList<>();
        List<FlbRuntime> flbs = new ArrayList<>();
        Users.ownedLocked(core, old, handlers, flbs);
        return Stream.concat(handlers.stream().filter(Swapping::isInUse).map(Swapping::nameOf),
                flbs.stream().filter(Swapping::isInUse).map(Swapping::nameOf)).toList();
    }

    private static boolean isInUse(HandlerRuntime handler) {
        return handler.files() > 0;
    }

    private static boolean isInUse(FlbRuntime flb) {
        return flb.outgoing.state != OutgoingFlb.State.IDLE || flb.live != null;
    }

    private static String nameOf(HandlerRuntime handler) {
        return "handler " + handler.compatible();
    }

    private static String nameOf(FlbRuntime flb) {
        return "FLB " + flb.compatible();
    }
}
