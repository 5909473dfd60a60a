package org.liveupdate.shell.why;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.shell.text.Samples;

/** Why a bundle is not up, waited for, or pinned: one test for each reason. */
class BundleQuestionTest {
    private final Scene scene = new Scene();

    private Scene active(String... waiting) {
        return scene.bundle(7, "org.memfd", "ACTIVE", Set.of("memfd-v1"), Set.of(), waiting);
    }

    @Test
    void itIsPinnedByItsHolders() throws Exception {
        active().modules(Samples.module(7, "org.memfd 1.0.0", "file 1 of outgoing session \"a\"", "flb pool"))
                .says("org.memfd", """
                        bundle 7 (org.memfd 1.0.0)
                        it cannot be unloaded while it is used by file 1 of outgoing session "a", flb pool -> close or \
                        finish those; or replace it while they stay: liveupdate:swap 7 URL; or detach them first: \
                        liveupdate:unload --force 7""");
    }

    @Test
    void nobodyUsesIt() throws Exception {
        active().says("7", """
                bundle 7 (org.memfd 1.0.0)
                it is active, and nobody holds a reference on it: it can be unloaded""");
    }

    @Test
    void itHasNothingToDoWithLiveUpdate() throws Exception {
        scene.bundle(2, "org.log", "ACTIVE", Set.of(), Set.of()).says("org.log 1.0.0", """
                bundle 2 (org.log 1.0.0)
                it is active, and provides nothing for live update""");
    }

    @Test
    void itIsStoppedAndFilesWaitForIt() throws Exception {
        FileDTO file = Samples.file(1, "memfd-v1", "DETACHED");
        file.owner = "org.memfd";
        scene.bundle(7, "org.memfd", "RESOLVED", Set.of(), Set.of())
                .sessions(Samples.session("OUTGOING", "a b", file, Samples.file(2, "x", "PRESERVED")))
                .says("org.memfd", """
                        bundle 7 (org.memfd 1.0.0)
                        it is RESOLVED, not started -> felix:start 7
                        1 file of session "a b" that it preserved waits for it -> liveupdate:why 'a b' says more""");
    }

    @Test
    void itCannotBeResolved() throws Exception {
        scene.bundle(7, "org.memfd", "INSTALLED", Set.of(), Set.of()).says("7", """
                bundle 7 (org.memfd 1.0.0)
                it is INSTALLED: something that it requires is missing, so it cannot be resolved -> felix:start 7 says \
                what is missing""");
    }

    @Test
    void aComponentOfItWaits() throws Exception {
        active("component Memfds waits for a service p.Pool").says("7", """
                bundle 7 (org.memfd 1.0.0)
                in bundle 7 (org.memfd 1.0.0) component Memfds waits for a service p.Pool -> it goes on by itself as soon \
                as that is there""");
    }

    @Test
    void whatItOffersWasRefused() throws Exception {
        active().refused(Samples.refused("HANDLER", "memfd-v1", "org.memfd 1.0.0", "EEXIST", "org.first has the name"))
                .says("7", """
                        bundle 7 (org.memfd 1.0.0)
                        its handler memfd-v1 was refused with EEXIST: org.first has the name -> it is tried again by \
                        itself when the reason is gone""");
    }

    @Test
    void itsHandlerLacksAnFlb() throws Exception {
        HandlerDTO handler = Samples.handler("memfd-v1", "org.memfd 1.0.0", 0);
        handler.missing = new String[]{"pool"};
        active().handlers(handler).says("7", """
                bundle 7 (org.memfd 1.0.0)
                handler memfd-v1 needs FLB pool, which is not there: preserving one of its files is ENODEV
                no installed bundle provides FLB pool -> install and start a bundle that provides it: felix:install URL, \
                felix:start ID""");
    }

    @Test
    void aCallbackOfItIsSlow() throws Exception {
        active().callbacks(Samples.slow("freeze", "memfd-v1", "org.memfd 1.0.0")).says("7", """
                bundle 7 (org.memfd 1.0.0)
                freeze of memfd-v1 in bundle org.memfd 1.0.0 has been running for 5000 ms in thread "worker"; whoever \
                needs what it serves waits -> liveupdate:log shows where that thread is""");
    }
}
