package org.liveupdate.core.flight;

import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.liveupdate.api.Errno;

/**
 * The flight recorder of the JDK. Loaded only where there is {@code jdk.jfr}. The first event of a JVM takes some tenths
 * of a second to make, so none is made before somebody records.
 */
final class JfrRecorder implements Recorder {
    /** Null before somebody recorded; written with this locked. */
    private volatile EventKind callbacks;
    /** The same. */
    private volatile EventKind phases;

    JfrRecorder() {
        FlightRecorder.isInitialized(); // fails where the package is not there
    }

    private synchronized void define() {
        if (phases == null) {
            callbacks = new EventKind("org.liveupdate.Callback", "Live Update Callback",
                    "A callback of an FLB or a file handler", EventKind.field(String.class, "kind", "Kind",
                            "FLB or HANDLER"),
                    EventKind.field(String.class, "compatible", "Compatible String", null),
                    EventKind.field(String.class, "module", "Bundle", null),
                    EventKind.field(String.class, "callback", "Callback", null),
                    EventKind.field(String.class, "session", "Session", "Null for a callback of an FLB"),
                    EventKind.field(long.class, "token", "Token", null),
                    EventKind.field(String.class, "result", "Result", "OK or the name of the errno"));
            phases = new EventKind("org.liveupdate.Phase", "Live Update Phase",
                    "A phase of a live update, a swap, or an owner's coming and going",
                    EventKind.field(String.class, "phase", "Phase",
                            "prepare, boot, preflight, freeze, commit, claim, handover, decision, blackout, retrieve, "
                                    + "finish, detach, attach or swap"),
                    EventKind.field(String.class, "subject", "Subject", "The bundle, image or successor concerned"),
                    EventKind.field(String.class, "result", "Result", "OK or the name of the errno"));
        }
    }

    @Override
    public Object begin() {
        return isRecording() ? callbacks.begin() : null;
    }

    private boolean isRecording() {
        if (!FlightRecorder.isInitialized()) {
            return false;
        }
        if (phases == null) {
            define();
        }
        return true;
    }

    @Override
    public void end(Object begun, Call call, String callback, String session, long token, Errno errno) {
        EventKind.end((Event) begun, call.kind(), call.compatible(), call.module().toString(), callback, session, token,
                result(errno));
    }

    @Override
    public Object beginPhase() {
        return isRecording() ? phases.begin() : null;
    }

    @Override
    public void endPhase(Object begun, String phase, Object subject, Errno errno) {
        if (begun != null) {
            EventKind.end((Event) begun, phase, subject == null ? null : subject.toString(), result(errno));
        }
    }

    private static String result(Errno errno) {
        return errno == null ? "OK" : errno.name();
    }
}
