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
        if (offer.isFlb()) {
            core.withdraw(offer.flb());
            core.registry().handlers().forEach(handler -> core.registry().unlink(handler, offer.flb()));
        } else {
            core.registry().unregister(offer.handler());
        }
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
            core.registry().checkName(flb);
            if (!names.add(flb.compatible())) {
                throw new LiveUpdateException(Errno.EEXIST,
                        flb + " is refused: another bundle offers an FLB with this string, with a higher ranking");
            }
            core.offer(flb);
            offer.accepted();
        } catch (LiveUpdateException e) {
            offer.refused(e);
        }
    }
}
