package org.liveupdate.shell;

import org.liveupdate.shell.text.Json;

/** What a command returns: data, or the same as JSON text. */
final class Output {
    private Output() {}

    static Object of(boolean json, Object data) {
        return json ? Json.of(data) : data;
    }
}
