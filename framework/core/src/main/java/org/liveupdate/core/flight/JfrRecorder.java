package org.liveupdate.core.flight;

import jdk.jfr.FlightRecorder;
import org.liveupdate.api.Errno;

/**
 * The flight recorder of the JDK. Loaded only where there is {@code jdk.jfr}. The first event of a JVM takes some tenths
 * of a second to make, so none is made before somebody records.
 */
final class JfrRecorder implements Recorder {
    JfrRecorder() {
        FlightRecorder.isInitialized(); // fails where the package is not there
    }

    @Override
    public Object begin() {
        if (!FlightRecorder.isInitialized()) {
            return null;
        }
        CallbackEvent event = new CallbackEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    @Override
    public void end(Object begun, Call call, String callback, String session, long token, Errno errno) {
        CallbackEvent event = (CallbackEvent) begun;
        event.end();
        if (event.shouldCommit()) {
            event.kind = call.kind();
            event.compatible = call.compatible();
            event.module = call.module().toString();
            event.callback = callback;
            event.session = session;
            event.token = token;
            event.result = result(errno);
            event.commit();
        }
    }

    @Override
    public Object beginPhase() {
        if (!FlightRecorder.isInitialized()) {
            return null;
        }
        PhaseEvent event = new PhaseEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    @Override
    public void endPhase(Object begun, String phase, Object subject, Errno errno) {
        if (begun instanceof PhaseEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.phase = phase;
                event.subject = subject == null ? null : subject.toString();
                event.result = result(errno);
                event.commit();
            }
        }
    }

    private static String result(Errno errno) {
        return errno == null ? "OK" : errno.name();
    }
}
