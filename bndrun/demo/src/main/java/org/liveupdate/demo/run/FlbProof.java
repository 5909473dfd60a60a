package org.liveupdate.demo.run;

import java.util.List;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** Shows that each FLB was preserved once in the previous generation, and retrieved and finished once in this one. */
public final class FlbProof {
    private final long pid;
    private final List<FlbCount> flbs;
    private final RuntimeDTO state;

    /**
     * To be shown.
     *
     * @param pid
     *            process id of the previous generation
     * @param flbs
     *            what it counted
     * @param state
     *            of this generation, all sessions finished
     */
    public FlbProof(long pid, List<FlbCount> flbs, RuntimeDTO state) {
        this.pid = pid;
        this.flbs = List.copyOf(flbs);
        this.state = state;
    }

    /** What was counted, whether it is right or not. */
    public Table table() {
        Table table = new Table().left("FLB").right("preserved in JVM " + pid).right("retrieved here")
                .right("finished here");
        for (FlbCount flb : flbs) {
            IncomingFlbDTO incoming = incoming(flb);
            table.row(Ascii.cut(flb.compatible(), 40), Units.exact(flb.preserved()),
                    incoming == null ? Units.NONE : Units.exact(incoming.retrieved),
                    incoming == null ? Units.NONE : Units.exact(incoming.finished));
        }
        return table;
    }

    /**
     * Checks it.
     *
     * @throws Failure
     *             the first number that is not 1
     */
    public void check() throws Failure {
        for (FlbCount flb : flbs) {
            IncomingFlbDTO incoming = incoming(flb);
            if (incoming == null) {
                throw new Failure("FLB " + flb.compatible() + " was preserved and did not arrive");
            }
            once(flb, "preserved in JVM " + pid, flb.preserved());
            once(flb, "retrieved here", incoming.retrieved);
            once(flb, "finished here", incoming.finished);
        }
    }

    private static void once(FlbCount flb, String what, long times) throws Failure {
        if (times != 1) {
            throw new Failure("FLB " + flb.compatible() + " was " + what + " " + Units.count(times, "time")
                    + ", not once");
        }
    }

    private IncomingFlbDTO incoming(FlbCount flb) {
        for (IncomingFlbDTO incoming : state.incoming) {
            if (flb.compatible().equals(incoming.compatible)) {
                return incoming;
            }
        }
        return null;
    }
}
