package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Runs one script again and again: in the N-th run the N-th call of one kind of callback fails, until there is no N-th
 * call any more. Whatever fails, nothing may be held in the end: the script checks that.
 */
class NthFailureTest {
    private static final List<String> PLAIN_RUN = List.of("veto EAGAIN");

    private static int runs;

    @TempDir
    Path directory;

    @AfterAll
    static void tellHowManyRunsThatWere() {
        System.out.println("N-th failure: " + Failing.values().length + " kinds of failure, " + runs + " runs");
    }

    private static Stream<Arguments> everyKindOfFailure() {
        return Stream.of(Failing.values()).flatMap(failing -> Stream.of(true, false).map(handsOver -> Arguments
                .of(failing, handsOver)));
    }

    @ParameterizedTest(name = "{0}, hands over: {1}")
    @MethodSource("everyKindOfFailure")
    void nothingIsHeldWhicheverCallFails(Failing failing, boolean handsOver) throws Exception {
        int n = 0;
        Injection injection;
        do {
            injection = new Injection(failing, ++n);
            runs++;
            List<String> refused = new FailureScript(directory, handsOver, injection).run();
            if (injection.fired == null) {
                assertEquals(PLAIN_RUN, refused);
            } else {
                check(injection, refused);
            }
        } while (injection.fired != null);
        assertTrue(n > 1 || !handsOver && failing.isIncoming(), "the script never calls " + failing);
    }

    /** What failed is passed on; what cannot stop its caller does not. */
    private static void check(Injection injection, List<String> refused) {
        boolean passedOn = refused.stream().anyMatch(line -> line.endsWith(injection.failing.errno().name()));
        assertEquals(injection.failing.stopsItsCaller(injection.fired), passedOn,
                () -> injection.fired + " failed, refused were " + refused);
    }

    /** Fails one call. */
    private static final class Injection implements Calls.EveryStep {
        private final Failing failing;
        private int left;
        private String fired;

        Injection(Failing failing, int n) {
            this.failing = failing;
            this.left = n;
        }

        @Override
        public void run(String call) throws LiveUpdateException {
            if (failing.isOneOf(call) && --left == 0) {
                fired = call;
                failing.fail();
            }
        }
    }

    /** Kinds of callbacks, and how they fail. */
    enum Failing {
        FLB_PRESERVE("[abcd].preserve", Errno.EHWPOISON),
        FLB_PRESERVE_CRASHES("[abcd].preserve", Errno.EIO),
        FLB_UNPRESERVE_CRASHES("[abcd].unpreserve", Errno.EIO),
        FLB_FREEZE("[abcd].freeze", Errno.EHWPOISON),
        FLB_FREEZE_CRASHES("[abcd].freeze", Errno.EIO),
        FLB_UNFREEZE_CRASHES("[abcd].unfreeze", Errno.EIO),
        FLB_DETACH_CRASHES("[abcd].detach", Errno.EIO),
        FLB_RETRIEVE("[abcd].retrieve", Errno.EHWPOISON),
        FLB_RETRIEVE_CRASHES("[abcd].retrieve", Errno.EIO),
        FLB_FINISH_CRASHES("[abcd].finish", Errno.EIO),
        CAN_PRESERVE_SAYS_NO("[hkm].can_preserve", Errno.ENOENT),
        CAN_PRESERVE_CRASHES("[hkm].can_preserve", Errno.ENOENT),
        IDENTITY_CRASHES("[hkm].identity", Errno.EIO),
        HOLD_CRASHES("[hkm].hold", Errno.EIO),
        RELEASE_CRASHES("[hkm].release", Errno.EIO),
        FILE_PRESERVE("[hkm].preserve", Errno.EHWPOISON),
        FILE_PRESERVE_CRASHES("[hkm].preserve", Errno.EIO),
        FILE_UNPRESERVE_CRASHES("[hkm].unpreserve", Errno.EIO),
        FILE_FREEZE("[hkm].freeze", Errno.EHWPOISON),
        FILE_FREEZE_CRASHES("[hkm].freeze", Errno.EIO),
        FILE_UNFREEZE_CRASHES("[hkm].unfreeze", Errno.EIO),
        FILE_DETACH_CRASHES("[hkm].detach", Errno.EIO),
        FILE_RETRIEVE("[hkm].retrieve", Errno.EHWPOISON),
        FILE_RETRIEVE_CRASHES("[hkm].retrieve", Errno.EIO),
        CAN_FINISH_SAYS_NO("[hkm].can_finish", Errno.EBUSY),
        CAN_FINISH_CRASHES("[hkm].can_finish", Errno.EBUSY),
        FILE_FINISH_CRASHES("[hkm].finish", Errno.EIO);

        private final String calls;
        private final Errno errno;

        Failing(String calls, Errno errno) {
            this.calls = calls;
            this.errno = errno;
        }

        Errno errno() {
            return errno;
        }

        boolean isOneOf(String call) {
            return call.matches(calls);
        }

        boolean isIncoming() {
            return calls.contains("retrieve") || calls.contains("finish") || calls.contains("detach");
        }

        /** Not if the callback returns nothing; and c is retrieved only to be finished, nobody waits for it. */
        boolean stopsItsCaller(String call) {
            return !call.matches(".*\\.(unpreserve|unfreeze|detach|finish|hold|release)|c\\.retrieve");
        }

        void fail() throws LiveUpdateException {
            if (name().endsWith("SAYS_NO")) {
                throw new Calls.No();
            }
            if (name().endsWith("CRASHES")) {
                throw new IllegalStateException("injected");
            }
            throw new LiveUpdateException(errno, "injected");
        }
    }
}
