package org.liveupdate.demo.files;

import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** Whether both kinds of files can be preserved and retrieved: their handlers are registered, with all their FLBs. */
final class Readiness {
    private static final String MEMFD = "memfd-v2";
    private static final String HUGE_MEMFD = "huge-memfd-v1";

    private Readiness() {}

    static boolean of(RuntimeDTO state) {
        return isReady(state, MEMFD) && isReady(state, HUGE_MEMFD);
    }

    private static boolean isReady(RuntimeDTO state, String compatible) {
        for (HandlerDTO handler : state.handlers) {
            if (compatible.equals(handler.compatible) && handler.registered && handler.missing.length == 0) {
                return true;
            }
        }
        return false;
    }
}
