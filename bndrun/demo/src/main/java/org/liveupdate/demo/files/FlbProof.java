package org.liveupdate.demo.files;

import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Table;
import org.liveupdate.demo.run.Units;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.demo.files.Manifest.FlbCount;

/** Shows that each FLB was preserved once in the previous generation, and retrieved and finished once in this one. */
final class FlbProof {
    private final Manifest manifest;
    private final RuntimeDTO state;

    /**
     * To be shown.
     *
     * @param manifest
     *            what the previous generation counted
     * @param state
     *            of this generation, all sessions finished
     */
    FlbProof(Manifest manifest, RuntimeDTO state) {
        this.manifest = manifest;
        this.state = state;
    }

    /** What was counted, whether it is right or not. */
    Table table() {
        Table table = new Table().left("FLB").right("preserved in JVM " + manifest.pid()).right("retrieved here")
                .right("finished here");
        for (FlbCount flb : manifest.flbs()) {
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
    void check() throws Failure {
        for (FlbCount flb : manifest.flbs()) {
            IncomingFlbDTO incoming = incoming(flb);
            if (incoming == null) {
                throw new Failure("FLB " + flb.compatible() + " was preserved and did not arrive");
            }
            once(flb, "preserved in JVM " + manifest.pid(), flb.preserved());
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
