package org.liveupdate.shell.text;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.api.runtime.dto.ImageDTO;
import org.liveupdate.api.runtime.dto.UpdateDTO;

/** What led here: the image, the time line of the last live update, and the events. */
final class HistoryView extends View<History> {
    private static final int MICROS_PER_MILLI = 1000;

    HistoryView() {
        super(History.class);
    }

    @Override
    String text(List<History> histories) {
        List<String> parts = new ArrayList<>();
        for (History history : histories) {
            parts.add(history.image() == null ? "cold start: no image was taken over" : image(history.image()));
            if (history.update() != null) {
                parts.add(timeLine(history.update()));
                parts.add(callbacks(history.update().callbacks));
            }
            parts.add(callbacks(history.freeze()));
            parts.add(EventView.table(List.of(history.events())));
        }
        parts.removeIf(String::isEmpty);
        return String.join("\n\n", parts);
    }

    private static String image(ImageDTO image) {
        TextTable table = TextTable.facts();
        table.row("image", image.path + ", " + Quantity.bytes(image.bytes) + ", committed "
                + Quantity.time(image.committed));
        table.row("came", image.origin.equals("UPDATE") ? "from a running predecessor" : "from an earlier run");
        table.row("held", Quantity.of(image.sessions, "session") + ", " + Quantity.of(image.files, "file") + ", "
                + Quantity.of(image.flbs, "FLB") + " of " + String.join(", ", image.owners));
        return table.toString();
    }

    private static String timeLine(UpdateDTO update) {
        TextTable table = TextTable.facts();
        table.row("live update", update.number);
        table.row("prepare", Quantity.millis(update.prepare));
        table.row("freeze", Quantity.millis(update.freeze));
        table.row("handover", Quantity.millis(update.handover));
        table.row("blackout", Quantity.millis(update.blackout));
        table.row("finish", Quantity.millis(update.finish));
        table.row("carried", Quantity.bytes(update.bytesCarried) + " stayed in place, "
                + Quantity.bytes(update.bytesCopied) + " were copied");
        return table.toString();
    }

    private static String callbacks(CallbackTimesDTO... callbacks) {
        TextTable table = TextTable.of("callback", "of", "bundle", "calls", "failed", "began ms", "ended ms",
                "longest").alignRight(3, 4, 5, 6, 7);
        for (CallbackTimesDTO times : callbacks) {
            table.row(times.callback, times.compatible, times.module, times.calls, times.failed,
                    times.began / MICROS_PER_MILLI, times.ended / MICROS_PER_MILLI, Quantity.millis(times.longest));
        }
        return callbacks.length == 0 ? "" : table.toString();
    }
}
