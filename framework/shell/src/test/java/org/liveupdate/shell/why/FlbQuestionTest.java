package org.liveupdate.shell.why;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.shell.text.Samples;

/** Why an FLB is not there, not retrieved, or not let go of: one test for each reason. */
class FlbQuestionTest {
    private static final String NOBODY = "no installed bundle provides FLB pool -> install and start org.pool: "
            + "felix:install URL, felix:start ID";

    private final Scene scene = new Scene();

    private static IncomingFlbDTO incoming(String state, long files) {
        IncomingFlbDTO flb = Samples.incoming("pool", state, files);
        flb.owner = "org.pool";
        return flb;
    }

    private Scene provided() {
        return scene.flbs(Samples.flb("pool", "org.pool 1.0.0", "IDLE", 0));
    }

    @Test
    void nothingDependsOnIt() throws Exception {
        provided().says("pool",
                """
                FLB pool
                org.pool 1.0.0 provides it; no preserved file depends on it, so nothing is saved and getting it is ENOENT""");
    }

    @Test
    void itIsPreserved() throws Exception {
        FlbDTO flb = Samples.flb("pool", "org.pool 1.0.0", "PRESERVED", 2);
        flb.handles = 1;
        scene.flbs(flb).says("pool", """
                FLB pool
                org.pool 1.0.0 provides it; it is PRESERVED until 2 files and 1 open handle that use it are gone""");
    }

    @Test
    void noHandlerNamesIt() throws Exception {
        FlbDTO flb = Samples.flb("pool", "org.pool 1.0.0", "IDLE", 0);
        flb.links = 0;
        scene.flbs(flb).says("pool", """
                FLB pool
                org.pool 1.0.0 provides it; no registered handler names it, so it is not used""");
    }

    @Test
    void itsOwnerHasLeft() throws Exception {
        FlbDTO flb = Samples.flb("pool", "org.pool 1.0.0", "DETACHED", 2);
        flb.detached = "detached since noon, when org.pool left; install and start org.pool";
        scene.flbs(flb).bundle(5, "org.pool", "RESOLVED", Set.of(), Set.of("pool")).says("pool", """
                FLB pool
                its state is preserved for 2 files, and nobody serves it: detached since noon, when org.pool left; install \
                and start org.pool -> everything stays as it is until then; getting it is ENODEV
                bundle 5 (org.pool 1.0.0), which provides FLB pool, is RESOLVED, not started -> felix:start 5""");
    }

    @Test
    void aHandlerNeedsItAndNobodyProvidesIt() throws Exception {
        HandlerDTO handler = Samples.handler("h", "org.h 1.0.0", 0);
        handler.missing = new String[]{"pool"};
        scene.handlers(handler).says("pool", """
                FLB pool
                handler h needs FLB pool, which is not there: preserving one of its files is ENODEV
                no installed bundle provides FLB pool -> install and start a bundle that provides it: felix:install URL, \
                felix:start ID""");
    }

    @Test
    void itWaitsToBeAskedFor() throws Exception {
        provided().incoming(incoming("PENDING", 2)).says("pool", """
                FLB pool
                org.pool 1.0.0 provides it; no preserved file depends on it, so nothing is saved and getting it is ENOENT
                handed over, PENDING, for 2 files: it is retrieved when somebody asks for it, or when the last file is \
                finished""");
    }

    @Test
    void nobodyCouldRetrieveItAndFilesNeedIt() throws Exception {
        scene.incoming(incoming("PENDING", 2)).says("pool", """
                FLB pool
                handed over, PENDING, for 2 files: nobody is there who could retrieve it -> it can be given up once its \
                files are finished
                """ + NOBODY);
    }

    @Test
    void nobodyCouldRetrieveItAndNothingNeedsItAnyMore() throws Exception {
        scene.incoming(incoming("PENDING", 0)).says("pool", """
                FLB pool
                handed over, PENDING, for 0 files: nobody is there who could retrieve it -> or give it up: \
                liveupdate:discard pool
                """ + NOBODY);
    }

    @Test
    void retrievingItFailed() throws Exception {
        IncomingFlbDTO failed = incoming("FAILED", 1);
        failed.failure = "EINVAL: version 9 is too new";
        provided().incoming(failed).says("pool", """
                FLB pool
                org.pool 1.0.0 provides it; no preserved file depends on it, so nothing is saved and getting it is ENOENT
                handed over, FAILED, for 1 file: retrieving it failed: EINVAL: version 9 is too new -> install a version of \
                its bundle that can read it; it can be given up once its files are finished""");
    }

    @Test
    void itsOwnerHasLeftAfterItWasRetrieved() throws Exception {
        IncomingFlbDTO detached = incoming("DETACHED", 1);
        detached.detached = "detached since noon";
        scene.incoming(detached).says("pool", """
                FLB pool
                handed over, DETACHED, for 1 file: detached since noon -> it can be given up once its files are finished
                """ + NOBODY);
    }

    @Test
    void itIsInUseOnTheIncomingSide() throws Exception {
        provided().incoming(incoming("LIVE", 1)).says("pool", """
                FLB pool
                org.pool 1.0.0 provides it; no preserved file depends on it, so nothing is saved and getting it is ENOENT
                handed over, LIVE, for 1 file""");
    }

    @Test
    void anotherBundleThatOffersItWasRefused() throws Exception {
        provided().refused(Samples.refused("FLB", "pool", "org.rival 1.0.0", "EEXIST", "org.pool has the name"))
                .says("pool", """
                        FLB pool
                        org.pool 1.0.0 provides it; no preserved file depends on it, so nothing is saved and getting it \
                        is ENOENT
                        org.rival 1.0.0 offers it, too, and was refused with EEXIST: org.pool has the name -> the other \
                        one stays in charge; liveupdate:swap replaces it""");
    }

    @Test
    void itWasRefusedAltogether() throws Exception {
        scene.refused(Samples.refused("FLB", "pool", "org.pool 1.0.0", "ENOSPC", "63 FLBs are linked")).says("pool", """
                FLB pool
                org.pool 1.0.0 offers FLB pool, but was refused with ENOSPC: 63 FLBs are linked -> it is tried again by \
                itself when the reason is gone""");
    }
}
