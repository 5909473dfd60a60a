package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Callback;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.core.flight.Recorder;

/** The callbacks that run at this moment, as data. */
final class RunningCallbacks {
    private final Orchestrator core;
    private final List<CallbackDTO> dtos = new ArrayList<>();

    private RunningCallbacks(Orchestrator core) {
        this.core = core;
    }

    /** All of them; the core lock is held. */
    static CallbackDTO[] listLocked(Orchestrator core) {
        return new RunningCallbacks(core).list();
    }

    private CallbackDTO[] list() {
        for (FlbRuntime flb : core.names().used()) {
            if (flb.serving != null) {
                add(flb, flb.serving.callback, flb.serving.thread, core.watchdog().age(flb.serving));
            }
        }
        for (SessionState session : core.sessions().allLocked()) {
            FileCall call = session.turn().calling();
            Thread thread = session.turn().holder();
            if (call != null && thread != null) {
                CallbackDTO dto = add(call.handler(), call.callback(), thread, core.watchdog().age(session.turn()));
                dto.session = session.name();
                dto.token = call.token();
            }
        }
        return dtos.toArray(CallbackDTO[]::new);
    }

    private CallbackDTO add(Recorder.Call callee, Callback callback, Thread thread, long age) {
        CallbackDTO dto = new CallbackDTO();
        dto.kind = callee.kind();
        dto.compatible = callee.compatible();
        dto.module = callee.module().toString();
        dto.callback = callback.toString();
        dto.thread = thread.getName();
        dto.millis = core.watchdog().millis(age);
        dto.slow = Watchdog.isSlow(age);
        dto.stack = dto.slow ? Watchdog.stack(thread).strip() : null;
        dtos.add(dto);
        return dto;
    }
}
