package org.liveupdate.shell.text;

import java.util.List;

/** The log: events, and below them the callbacks that are slow now. */
final class LogView extends View<Log> {
    private final EventView events = new EventView();
    private final SlowCallbackView slow = new SlowCallbackView();

    LogView() {
        super(Log.class);
    }

    @Override
    String text(List<Log> logs) {
        StringBuilder text = new StringBuilder();
        for (Log log : logs) {
            text.append(events.text(List.of(log.events())));
            if (log.slow().length > 0) {
                text.append("\n\n").append(slow.text(List.of(log.slow())));
            }
        }
        return text.toString();
    }
}
