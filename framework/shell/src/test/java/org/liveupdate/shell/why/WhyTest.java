package org.liveupdate.shell.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.shell.text.Samples;

/** What blocks a live update, what is asked without a name, and names that mean several things or nothing. */
class WhyTest {
    private final Scene scene = new Scene();

    @Test
    void nothingIsInTheWayOfAnUpdate() throws Exception {
        scene.sessions(Samples.session("OUTGOING", "a", Samples.file(1, "h", "PRESERVED"))).says("kexec", """
                a live update
                nothing in this generation is in the way -> liveupdate:plan kexec asks a successor what it can read""");
    }

    @Test
    void whereNoSuccessorCanBeStartedThatIsSaidAndIsNoTrouble() throws Exception {
        scene.noKexec("no successor can be started here").says("kexec", """
                a live update
                no successor can be started here""");
        scene.saysOfEverything("""
                everything
                nothing is in trouble""");
    }

    @Test
    void unfinishedSessionsDetachedFilesAndFlbsAndSlowCallbacksAreInTheWay() throws Exception {
        FlbDTO flb = Samples.flb("pool", "org.pool 1.0.0", "DETACHED", 1);
        flb.detached = "detached since noon";
        scene.sessions(Samples.session("INCOMING", "old one", Samples.file(1, "h", "KNOWN")),
                Samples.session("OUTGOING", "a", Samples.file(1, "h", "DETACHED"), Samples.file(2, "h", "DETACHED")))
                .flbs(flb).callbacks(Samples.slow("preserve", "h", "org.h 1.0.0")).says("update", """
                        a live update
                        incoming session "old one" holds 1 file that nobody has finished -> liveupdate:finish 'old one'
                        2 files of outgoing session "a" have no provider that could freeze them -> liveupdate:why a says \
                        which one is missing
                        FLB pool is detached since noon; if it has a freeze callback, the update waits for it -> \
                        liveupdate:why pool
                        preserve of h in bundle org.h 1.0.0 has been running for 5000 ms in thread "worker"; whoever needs \
                        what it serves waits -> liveupdate:log shows where that thread is""");
    }

    @Test
    void aGenerationThatIsNotInChargeUpdatesNothing() throws Exception {
        scene.core.phase = "COMMITTED";
        scene.says("kexec", """
                a live update
                this generation is not in charge, but COMMITTED: an update is under way, or this is a successor that waits \
                for an image""");
        scene.core.enabled = false;
        scene.says("kexec", """
                a live update
                live update is switched off: everything is EOPNOTSUPP -> start with the property liveupdate.enabled=true, \
                the default""");
    }

    @Test
    void withoutANameOnlyTroublesAreTold() {
        scene.handlers(Samples.handler("h", "org.h 1.0.0", 1)).saysOfEverything("""
                everything
                nothing is in trouble""");
        scene.incoming(Samples.incoming("pool", "PENDING", 0))
                .bundle(3, "org.pool", "RESOLVED", Set.of(), Set.of("pool"))
                .saysOfEverything(
                        """
                        FLB pool
                        handed over, PENDING, for 0 files: nobody is there who could retrieve it -> or give it up: \
                        liveupdate:discard pool
                        bundle 3 (org.pool 1.0.0), which provides FLB pool, is RESOLVED, not started -> felix:start 3""");
    }

    @Test
    void aNameThatMeansSeveralThingsIsExplainedForEach() throws Exception {
        scene.bundle(7, "org.memfd", "ACTIVE", Set.of(), Set.of()).sessions(
                Samples.session("OUTGOING", "7", Samples.file(7, "h", "PRESERVED")),
                Samples.session("INCOMING", "7", Samples.file(7, "h", "KNOWN")));

        assertEquals(
                java.util.List.of("bundle 7 (org.memfd 1.0.0)", "outgoing session \"7\"", "incoming session \"7\"",
                        "file 7 of outgoing session \"7\"", "file 7 of incoming session \"7\""),
                scene.about("7").stream().map(Explanation::subject).toList());
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAre() {
        scene.handlers(Samples.handler("memfd-v1", "org.memfd 1.0.0", 0))
                .flbs(Samples.flb("pool", "org.pool 1.0.0", "IDLE", 0)).sessions(Samples.session("OUTGOING", "a"))
                .bundle(3, "org.pool", "ACTIVE", Set.of(), Set.of("pool"))
                .bundle(2, "org.log", "ACTIVE", Set.of(), Set.of());

        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, () -> scene.about("nothing"));

        assertEquals(
                "ENOENT: nothing is called nothing; ask about a bundle's id, a token, or one of a, kexec, memfd-v1, "
                        + "org.pool, pool, update",
                refusal.getMessage());
    }
}
