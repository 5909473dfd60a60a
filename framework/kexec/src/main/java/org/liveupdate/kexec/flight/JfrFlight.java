package org.liveupdate.kexec.flight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** The flight recorder of the JDK. Loaded only where there is {@code jdk.jfr}. */
final class JfrFlight implements Flight {
    JfrFlight() {
        FlightRecorder.isInitialized(); // fails where the package is not there
    }

    @Override
    public void keep(int generation) {
        if (!FlightRecorder.isInitialized()) {
            return;
        }
        for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            // one that has stopped is being written by the JDK's own shutdown code, which is about to be cut off
            if (recording.getDumpOnExit() && recording.getState() != RecordingState.CLOSED) {
                write(recording, Path.of("liveupdate-generation-" + generation + "-pid-"
                        + ProcessHandle.current().pid() + "-id-" + recording.getId() + ".jfr"));
            }
        }
    }

    private static void write(Recording recording, Path file) {
        try {
            recording.dump(file);
        } catch (IOException | RuntimeException e) {
            if (recording.getState() == RecordingState.CLOSED) {
                remove(file); // the JDK's own shutdown code was faster, and has written it elsewhere
                return;
            }
            System.err.println("liveupdate: the flight recording \"" + recording.getName()
                    + "\" of this generation is lost, because " + file.toAbsolutePath() + " could not be written: "
                    + e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("liveupdate: " + file.toAbsolutePath() + " is empty, and could not be removed: " + e);
        }
    }
}
