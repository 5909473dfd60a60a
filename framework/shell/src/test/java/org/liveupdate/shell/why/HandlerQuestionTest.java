package org.liveupdate.shell.why;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.shell.text.Samples;

/** Why a file handler does not serve: one test for each reason. */
class HandlerQuestionTest {
    private final Scene scene = new Scene();

    private static FileDTO waiting(long token, String owner) {
        FileDTO file = Samples.file(token, "memfd-v1", "WAITING");
        file.owner = owner;
        return file;
    }

    private Scene withAWaitingFile() {
        return scene.sessions(Samples.session("INCOMING", "s", waiting(1, "org.memfd")));
    }

    @Test
    void itServes() throws Exception {
        scene.handlers(Samples.handler("memfd-v1", "org.memfd 1.0.0", 2)).says("memfd-v1", """
                handler memfd-v1
                org.memfd 1.0.0 provides it; 2 files held""");
    }

    @Test
    void itWasWithdrawnAndStillServesItsFiles() throws Exception {
        HandlerDTO handler = Samples.handler("memfd-v1", "org.memfd 1.0.0", 1);
        handler.registered = false;
        scene.handlers(handler).says("memfd-v1", """
                handler memfd-v1
                org.memfd 1.0.0 has withdrawn it, and goes on serving 1 file; no further file can be preserved with it
                no installed bundle provides handler memfd-v1 -> install and start a bundle that provides it: \
                felix:install URL, felix:start ID""");
    }

    @Test
    void nobodyWhoIsInstalledProvidesIt() throws Exception {
        withAWaitingFile().says("memfd-v1", """
                handler memfd-v1
                1 file has nobody who serves it -> nothing is lost: what is preserved stays until then
                no installed bundle provides handler memfd-v1 -> install and start org.memfd: felix:install URL, \
                felix:start ID""");
    }

    @Test
    void theBundleThatDeclaresItIsNotStarted() throws Exception {
        withAWaitingFile().bundle(7, "other", "RESOLVED", Set.of("memfd-v1"), Set.of()).says("memfd-v1", """
                handler memfd-v1
                1 file has nobody who serves it -> nothing is lost: what is preserved stays until then
                bundle 7 (other 1.0.0), which provides handler memfd-v1, is RESOLVED, not started -> felix:start 7""");
    }

    @Test
    void theBundleThatPreservedItsFilesCannotBeResolved() throws Exception {
        withAWaitingFile().bundle(7, "org.memfd", "INSTALLED", Set.of(), Set.of()).says("memfd-v1", """
                handler memfd-v1
                1 file has nobody who serves it -> nothing is lost: what is preserved stays until then
                bundle 7 (org.memfd 1.0.0), which preserved it, is INSTALLED: something that it requires is missing, so it \
                cannot be resolved -> felix:start 7 says what is missing""");
    }

    @Test
    void theBundleIsStartedAndItsComponentWaits() throws Exception {
        scene.bundle(7, "org.memfd", "ACTIVE", Set.of("memfd-v1"), Set.of(),
                "component Memfds waits for a service p.Pool")
                .says("memfd-v1", """
                        handler memfd-v1
                        in bundle 7 (org.memfd 1.0.0) component Memfds waits for a service p.Pool -> it goes on by itself \
                        as soon as that is there""");
    }

    @Test
    void theBundleIsStartedAndRegistersNothing() throws Exception {
        scene.bundle(7, "org.memfd", "ACTIVE", Set.of("memfd-v1"), Set.of()).says("memfd-v1", """
                handler memfd-v1
                bundle 7 (org.memfd 1.0.0), which provides handler memfd-v1, is ACTIVE, but has registered no service for it \
                -> see its own log; felix:stop 7 and felix:start 7 let it try again""");
    }

    @Test
    void itWasRefused() throws Exception {
        scene.refused(Samples.refused("HANDLER", "memfd-v1", "org.memfd 1.0.0", "EINVAL", "it lacks finish"))
                .says("memfd-v1", """
                        handler memfd-v1
                        org.memfd 1.0.0 offers handler memfd-v1, but was refused with EINVAL: it lacks finish -> it is \
                        tried again by itself when the reason is gone""");
    }

    @Test
    void anFlbThatItNeedsIsMissing() throws Exception {
        HandlerDTO handler = Samples.handler("vfio-v1", "org.vfio 1.0.0", 0);
        handler.missing = new String[]{"iommu-v1"};
        scene.handlers(handler).bundle(9, "org.iommu", "RESOLVED", Set.of(), Set.of("iommu-v1")).says("vfio-v1", """
                handler vfio-v1
                org.vfio 1.0.0 provides it; 0 files held
                handler vfio-v1 needs FLB iommu-v1, which is not there: preserving one of its files is ENODEV
                bundle 9 (org.iommu 1.0.0), which provides FLB iommu-v1, is RESOLVED, not started -> felix:start 9""");
    }

    @Test
    void aCallbackOfItIsSlow() throws Exception {
        scene.handlers(Samples.handler("memfd-v1", "org.memfd 1.0.0", 0))
                .callbacks(Samples.slow("preserve", "memfd-v1", "org.memfd 1.0.0")).says("memfd-v1", """
                        handler memfd-v1
                        org.memfd 1.0.0 provides it; 0 files held
                        preserve of memfd-v1 in bundle org.memfd 1.0.0 has been running for 5000 ms in thread "worker"; \
                        whoever needs what it serves waits -> liveupdate:log shows where that thread is""");
    }
}
