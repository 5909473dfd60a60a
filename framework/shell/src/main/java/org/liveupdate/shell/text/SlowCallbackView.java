package org.liveupdate.shell.text;

import java.util.List;
import java.util.stream.Collectors;
import org.liveupdate.api.runtime.dto.CallbackDTO;

/** Callbacks that take long: which, whose, and where their threads are. */
final class SlowCallbackView extends View<CallbackDTO> {
    SlowCallbackView() {
        super(CallbackDTO.class);
    }

    @Override
    String text(List<CallbackDTO> callbacks) {
        return callbacks.stream().map(SlowCallbackView::text).collect(Collectors.joining("\n"));
    }

    private static String text(CallbackDTO callback) {
        String file = callback.session == null ? ""
                : " (file " + callback.token + " of session \"" + callback.session + "\")";
        String stack = callback.stack == null ? ""
                : callback.stack.lines().map(line -> "\n    " + line.strip()).collect(Collectors.joining());
        return "slow: " + callback.callback + " of " + callback.compatible + file + " in bundle " + callback.module
                + " has been running for " + callback.millis + " ms in thread \"" + callback.thread + '"' + stack;
    }
}
