package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The flight recordings that the generations of one run have left in a directory. */
record FlightRecordings(Path directory) {
    /** Records nothing but the events of live updates, until each JVM ends. */
    static final String OPTION = "-XX:StartFlightRecording:dumponexit=true,settings=none";

    /** Names of the phases that the JVM with this process number has recorded, in order of their end. */
    List<String> phases(long pid) throws IOException {
        return events(pid).stream().map(event -> event.getString("phase")).toList();
    }

    /** The first event of that phase. */
    RecordedEvent phase(long pid, String phase) throws IOException {
        return events(pid).stream().filter(event -> event.getString("phase").equals(phase)).findFirst()
                .orElseThrow();
    }

    private List<RecordedEvent> events(long pid) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(each -> each.getFileName().toString().contains("-pid-" + pid + "-"))
                    .max(Comparator.naturalOrder()).orElseThrow();
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("org.liveupdate.Phase"))
                .sorted(Comparator.comparing(RecordedEvent::getEndTime)).toList();
    }
}
