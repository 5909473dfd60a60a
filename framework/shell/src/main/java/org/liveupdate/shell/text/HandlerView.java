package org.liveupdate.shell.text;

import java.util.List;
import org.liveupdate.api.runtime.dto.HandlerDTO;

/** File handlers, one line for each. */
final class HandlerView extends View<HandlerDTO> {
    HandlerView() {
        super(HandlerDTO.class);
    }

    @Override
    String text(List<HandlerDTO> handlers) {
        TextTable table = TextTable.of("handler", "bundle", "state", "files", "flbs").alignRight(3);
        for (HandlerDTO handler : handlers) {
            table.row(handler.compatible, handler.module, state(handler), handler.files,
                    String.join(", ", handler.flbs));
        }
        return handlers.isEmpty() ? "no file handler is registered" : table.toString();
    }

    private static String state(HandlerDTO handler) {
        if (!handler.registered) {
            return "unregistered";
        }
        return handler.missing.length == 0 ? "ready" : "lacks " + String.join(", ", handler.missing);
    }
}
