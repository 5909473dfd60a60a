package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.api.Errno;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.Phases.Phase;

/** What is written down when an owner leaves: text, taken before anything of the owner is let go. */
final class Departing {
    private final Orchestrator core;
    private final Object recorded;
    private final Set<String> owners = new TreeSet<>();
    private final List<String> served = new ArrayList<>();

    Departing(Orchestrator core, Collection<HandlerRuntime> handlers, Collection<FlbRuntime> flbs) {
        this.core = core;
        this.recorded = core.recorder().beginPhase();
        core.lock().lock();
        try {
            for (HandlerRuntime handler : handlers) {
                owners.add(handler.module().toString());
                if (handler.files() > 0) {
                    served.add(handler.files() + " files of handler " + handler.compatible());
                }
            }
            for (FlbRuntime flb : flbs) {
                owners.add(flb.module().toString());
                if (flb.outgoing.state != OutgoingFlb.State.IDLE || flb.live != null) {
                    served.add("FLB " + flb.compatible());
                }
            }
        } finally {
            core.lock().unlock();
        }
    }

    /** Nothing of the owner is used any more. */
    void left(boolean inTime) {
        String who = String.join(", ", owners);
        boolean frozen = core.phases().phase() == Phase.FROZEN;
        core.recorder().endPhase(recorded, "detach", who, inTime || frozen ? null : Errno.ETIMEDOUT);
        if (frozen) {
            // nothing is detached any more: what was served has been frozen, and is in the image
            core.journal().write(EventId.DETACHED, who, who + " left after everything was frozen: " + served);
        } else if (inTime) {
            core.journal().write(EventId.DETACHED, who,
                    who + " left; what it served stays, detached, until it comes back: " + served);
        } else {
            core.journal().write(EventId.REVOKED, who, Errno.ETIMEDOUT, who + " left and did not end in time; what it "
                    + "served was taken from it, and stays as it was written last: " + served);
        }
    }
}
