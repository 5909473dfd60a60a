package org.liveupdate.shell.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.GenerationDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** The core at a glance: a line for each part of it, and below them what needs an eye. */
final class StatusView extends View<RuntimeDTO> {
    private final SlowCallbackView slow = new SlowCallbackView();

    StatusView() {
        super(RuntimeDTO.class);
    }

    @Override
    String text(List<RuntimeDTO> runtimes) {
        StringBuilder text = new StringBuilder();
        for (RuntimeDTO runtime : runtimes) {
            text.append(overview(runtime));
            for (RefusedDTO refused : runtime.refused) {
                text.append("\nrefused: ").append(refused.kind.equals("FLB") ? "FLB " : "handler ")
                        .append(refused.compatible).append(" of bundle ").append(refused.module).append(": ")
                        .append(refused.errno).append(": ").append(refused.reason);
            }
            Arrays.stream(runtime.callbacks).filter(callback -> callback.slow)
                    .forEach(callback -> text.append('\n').append(slow.text(List.of(callback))));
        }
        return text.toString();
    }

    private static TextTable overview(RuntimeDTO runtime) {
        TextTable table = TextTable.facts();
        table.row("live update", (runtime.enabled ? "on" : "off") + ", " + runtime.phase + led(runtime));
        if (runtime.generation != null) {
            table.row("generation", generation(runtime.generation));
        }
        table.row("directory", runtime.directory);
        if (runtime.update != null) {
            table.row("last update", "number " + runtime.update.number + ", blackout "
                    + Quantity.millis(runtime.update.blackout));
        }
        long lacking = Arrays.stream(runtime.handlers).filter(handler -> handler.missing.length > 0).count();
        table.row("handlers", runtime.handlers.length + (lacking == 0 ? "" : ", " + lacking + " lack an FLB"));
        table.row("flbs", runtime.flbs.length + " registered, "
                + count(runtime.flbs, flb -> flb.files > 0) + " in use, " + runtime.incoming.length + " handed over");
        table.row("outgoing", sessions(runtime, "OUTGOING"));
        table.row("incoming", sessions(runtime, "INCOMING"));
        if (runtime.memory != null) {
            table.row("memory", Quantity.of(runtime.memory.usedPages, "page") + " used, "
                    + Quantity.bytes(runtime.memory.preservedPages * runtime.memory.pageSize) + " preserved");
        }
        table.row("refused", runtime.refused.length == 0 ? "nothing" : runtime.refused.length);
        return table;
    }

    private static String led(RuntimeDTO runtime) {
        return runtime.number < 0 ? "" : ", after " + Quantity.of(runtime.number, "live update");
    }

    private static String generation(GenerationDTO generation) {
        return "pid " + generation.pid + ", " + generation.jvm
                + (generation.framework == null ? "" : ", " + generation.framework) + ", since "
                + Quantity.time(generation.started);
    }

    private static <T> long count(T[] all, Predicate<T> which) {
        return Arrays.stream(all).filter(which).count();
    }

    private static String sessions(RuntimeDTO runtime, String side) {
        List<SessionDTO> sessions = Arrays.stream(runtime.sessions).filter(session -> session.side.equals(side))
                .toList();
        List<FileDTO> files = sessions.stream().flatMap(session -> Arrays.stream(session.files)).toList();
        long astray = files.stream()
                .filter(file -> List.of("DETACHED", "WAITING", "FAILED").contains(file.state)).count();
        return Quantity.of(sessions.size(), "session") + ", " + Quantity.of(files.size(), "file")
                + (astray == 0 ? "" : ", " + astray + " without a provider that serves them");
    }
}
