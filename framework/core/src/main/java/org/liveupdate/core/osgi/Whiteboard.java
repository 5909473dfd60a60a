package org.liveupdate.core.osgi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;

/**
 * Brings whiteboard services into the registry: handlers are registered, FLBs linked to every handler that names them.
 * What is refused stays here, and is tried again after every change, highest service ranking first.
 *
 * <p>
 * Thread safe without a lock that is held while the registry is called, since linking an FLB may call it: every change
 * asks for one more pass, and the thread that finds none running makes the passes for all.
 */
final class Whiteboard {
    private final Orchestrator core;
    private final List<Offer> offers = new CopyOnWriteArrayList<>();
    private final AtomicInteger passes = new AtomicInteger();

    Whiteboard(Orchestrator core) {
        this.core = core;
    }

    void add(Offer offer) {
        offers.add(offer);
        reconcile();
    }

    void remove(Offer offer) {
        offers.remove(offer);
        core.owners().leave(offer.isFlb() ? List.of() : List.of(offer.handler()),
                offer.isFlb() ? List.of(offer.flb()) : List.of());
        reconcile();
    }

    /** Everything that a bundle offers is gone: it is on its way out. */
    void removeAllOf(Module module) {
        List<Offer> gone = offers.stream().filter(offer -> offer.module() == module).toList();
        offers.removeAll(gone);
        core.owners().leave(module);
        core.owners().leave(gone.stream().filter(offer -> !offer.isFlb()).map(Offer::handler).toList(),
                gone.stream().filter(Offer::isFlb).map(Offer::flb).toList());
        reconcile();
    }

    /** The file handlers that a bundle offers, registered or refused. */
    List<HandlerRuntime> handlersOf(Module module) {
        return offers.stream().filter(offer -> offer.module() == module && !offer.isFlb()).map(Offer::handler).toList();
    }

    /** The FLBs that a bundle offers, registered or refused. */
    List<FlbRuntime> flbsOf(Module module) {
        return offers.stream().filter(offer -> offer.module() == module && offer.isFlb()).map(Offer::flb).toList();
    }

    /** One bundle took the place of another: that one's offers count no more. */
    void replaced(Module old, Module next) {
        offers.removeIf(offer -> offer.module() == old && offer.isGone());
        for (Offer offer : offers) {
            if (offer.module() == next && !offer.isFlb() && offer.handler().registered()) {
                core.registry().unlinkOthers(offer.handler(), Offer.flbs(offer.reference()));
                offer.accepted();
            }
        }
        reconcile();
    }

    /** Tries again what was refused: the reason may have gone away. */
    void retry() {
        reconcile();
    }

    /** The service properties changed, the name did not: another list of FLBs concerns files preserved from now on. */
    void changed(Offer offer) {
        if (!offer.isFlb()) {
            List<String> names = Offer.flbs(offer.reference());
            core.registry().declare(offer.handler(), names);
            core.registry().unlinkOthers(offer.handler(), names);
        }
        reconcile();
    }

    List<RefusedDTO> refused() {
        return sorted().stream().filter(Offer::isRefused).map(Offer::toDto).toList();
    }

    /** FLBs that are offered and not refused, linked or not. */
    List<FlbRuntime> offered() {
        return sorted().stream().filter(offer -> offer.isFlb() && !offer.isRefused()).map(Offer::flb).toList();
    }

    private List<Offer> sorted() {
        List<Offer> sorted = new ArrayList<>(offers);
        Collections.sort(sorted);
        return sorted;
    }

    private void reconcile() {
        if (passes.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            seen = passes.get();
            pass();
        } while (!passes.compareAndSet(seen, 0));
    }

    private void pass() {
        List<Offer> sorted = sorted();
        for (Offer offer : sorted) {
            if (!offer.isFlb()) {
                register(offer);
            }
        }
        Set<String> names = new HashSet<>();
        for (Offer offer : sorted) {
            if (offer.isFlb()) {
                link(offer, names);
            }
        }
    }

    private void register(Offer offer) {
        HandlerRuntime handler = offer.handler();
        if (handler.registered()) {
            return;
        }
        try {
            core.registry().declare(handler, Offer.flbs(offer.reference()));
            core.registry().register(handler);
            offer.accepted();
        } catch (LiveUpdateException e) {
            offer.refused(e);
        } catch (RuntimeException | LinkageError e) {
            offer.refused(thrown(handler, e));
        }
    }

    /** Links an FLB to every handler that names it; {@code names} are those that others have taken in this pass. */
    private void link(Offer offer, Set<String> names) {
        FlbRuntime flb = offer.flb();
        try {
            for (HandlerRuntime handler : core.registry().handlers()) {
                if (core.registry().wants(handler, flb)) {
                    core.registry().link(handler, flb);
                }
            }
            core.registry().offer(flb);
            if (!names.add(flb.compatible())) {
                throw new LiveUpdateException(Errno.EEXIST,
                        flb + " is refused: another bundle offers an FLB with this string, with a higher ranking");
            }
            core.owners().offer(flb);
            offer.accepted();
        } catch (LiveUpdateException e) {
            offer.refused(e);
        } catch (RuntimeException | LinkageError e) {
            offer.refused(thrown(flb, e));
        }
    }

    /** A provider that fails when it is asked what it lacks must not end the pass, which is everybody's. */
    private static LiveUpdateException thrown(Object what, Throwable e) {
        return new LiveUpdateException(Errno.EINVAL,
                what + " is refused: it threw " + e + " when it was registered; mend the provider");
    }
}
