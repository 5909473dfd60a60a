package org.liveupdate.shell.why;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.shell.text.Samples;

/** Why a session, or a file of it, cannot be had, finished or handed over: one test for each reason. */
class SessionQuestionTest {
    private final Scene scene = new Scene();

    private static FileDTO file(long token, String state, String failure) {
        FileDTO file = Samples.file(token, "memfd-v1", state);
        file.owner = "org.memfd";
        file.failure = failure;
        return file;
    }

    private Scene served() {
        return scene.handlers(Samples.handler("memfd-v1", "org.memfd 1.0.0", 1));
    }

    @Test
    void anOutgoingSessionGoesAlong() throws Exception {
        served().sessions(Samples.session("OUTGOING", "a", file(1, "PRESERVED", null))).says("a", """
                outgoing session "a"
                it holds 1 file, which the next live update carries over; liveupdate:close a lets go of them""");
    }

    @Test
    void anEmptySessionIsInNobodysWay() throws Exception {
        scene.sessions(Samples.session("INCOMING", "a")).says("a", """
                incoming session "a"
                it holds no file, and is in nobody's way""");
    }

    @Test
    void anUnfinishedIncomingSessionBlocksTheNextUpdate() throws Exception {
        served().sessions(Samples.session("INCOMING", "a", file(1, "KNOWN", null))).says("a", """
                incoming session "a"
                it holds 1 file that nobody has finished: a live update is refused with EBUSY until they are -> \
                liveupdate:retrieve a TOKEN gets one, liveupdate:finish a finishes all""");
    }

    @Test
    void somebodyHasItOpen() throws Exception {
        SessionDTO session = Samples.session("INCOMING", "a");
        session.open = true;
        scene.sessions(session).says("a", """
                incoming session "a"
                it holds no file, and is in nobody's way
                somebody has it open, so nobody else can retrieve it (EINVAL) -> whoever has it closes it, or its bundle \
                is stopped""");
    }

    @Test
    void theProviderOfItsFilesHasLeft() throws Exception {
        scene.sessions(Samples.session("OUTGOING", "a", file(1, "DETACHED", "org.memfd left"),
                file(2, "DETACHED", "org.memfd left"))).says("a", """
                        outgoing session "a"
                        it holds 2 files, which the next live update carries over; liveupdate:close a lets go of them
                        2 files have nobody who serves them: org.memfd left -> nothing is lost: what is preserved \
                        stays until then
                        no installed bundle provides handler memfd-v1 -> install and start org.memfd: felix:install URL, \
                        felix:start ID""");
    }

    @Test
    void theHandlerThatIsThereMayNotHaveItsFiles() throws Exception {
        served().sessions(Samples.session("OUTGOING", "a", file(1, "DETACHED", "EPERM: org.other is not org.memfd")))
                .says("a", """
                        outgoing session "a"
                        it holds 1 file, which the next live update carries over; liveupdate:close a lets go of them
                        1 file has nobody who serves it: EPERM: org.other is not org.memfd -> nothing is lost: what is preserved \
                        stays until then""");
    }

    @Test
    void aFileCouldNotBeRetrieved() throws Exception {
        served().sessions(Samples.session("INCOMING", "a", file(1, "FAILED", "EINVAL: version 3"))).says("1", """
                file 1 of incoming session "a"
                retrieving file 1 failed, and fails the same way each time: EINVAL: version 3 -> swap in a version of \
                handler memfd-v1 that can read it; or give the file up: liveupdate:discard a 1""");
        scene.says("a", """
                incoming session "a"
                it holds 1 file that nobody has finished: a live update is refused with EBUSY until they are -> \
                liveupdate:retrieve a TOKEN gets one, liveupdate:finish a finishes all
                retrieving file 1 failed, and fails the same way each time: EINVAL: version 3 -> swap in a version of \
                handler memfd-v1 that can read it; or give the file up: liveupdate:discard a 1""");
    }

    @Test
    void aFileIsWaitingToBeRetrieved() throws Exception {
        served().sessions(Samples.session("INCOMING", "a", file(5, "KNOWN", null))).says("5",
                """
                file 5 of incoming session "a"
                it was handed over, is served by handler memfd-v1; nobody has retrieved it yet -> liveupdate:retrieve a 5""");
    }

    @Test
    void aFileIsPreservedAndTheFlbThatItHoldsHasNobody() throws Exception {
        FileDTO file = Samples.file(5, "memfd-v1", "PRESERVED", "pool");
        served().sessions(Samples.session("OUTGOING", "a", file)).says("5", """
                file 5 of outgoing session "a"
                it is PRESERVED by handler memfd-v1, and holds FLB pool
                no installed bundle provides FLB pool -> install and start a bundle that provides it: felix:install URL, \
                felix:start ID""");
    }

    @Test
    void aFileHasNoHandler() throws Exception {
        scene.sessions(Samples.session("INCOMING", "a", file(5, "WAITING", null))).says("5", """
                file 5 of incoming session "a"
                1 file has nobody who serves it -> nothing is lost: what is preserved stays until then
                no installed bundle provides handler memfd-v1 -> install and start org.memfd: felix:install URL, \
                felix:start ID""");
    }

    @Test
    void aCallbackThatServesItIsSlow() throws Exception {
        CallbackDTO slow = Samples.slow("preserve", "memfd-v1", "org.memfd 1.0.0");
        slow.session = "a";
        scene.sessions(Samples.session("OUTGOING", "a")).callbacks(slow).says("a", """
                outgoing session "a"
                it holds no file, and is in nobody's way
                preserve of memfd-v1 in bundle org.memfd 1.0.0 has been running for 5000 ms in thread "worker"; whoever \
                needs what it serves waits -> liveupdate:log shows where that thread is""");
    }
}
