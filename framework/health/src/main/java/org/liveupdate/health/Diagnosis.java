package org.liveupdate.health;

import org.apache.felix.hc.api.FormattingResultLog;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/**
 * Reads a runtime DTO as a physician. Not thread safe.
 *
 * <pre>
 *   critical                 preserved state that nobody serves, or that could not be retrieved; a fenced generation
 *   temporarily unavailable  a generation that is not in charge: waiting for an image, or handing one over
 *   warn                     switched off; a refused provider; a handler without its FLBs; a callback past half its
 *                            deadline; handover memory nearly full
 *   ok                       anything else
 * </pre>
 */
final class Diagnosis {
    /** Percent of the limit. */
    private static final long NEARLY_FULL = 90;

    private final FormattingResultLog log;

    Diagnosis(FormattingResultLog log) {
        this.log = log;
    }

    void of(RuntimeDTO state) {
        if (!state.enabled) {
            log.warn("Live update is switched off: every call answers EOPNOTSUPP.");
            return;
        }
        phase(Phase.valueOf(state.phase));
        for (SessionDTO session : state.sessions) {
            for (FileDTO file : session.files) {
                file(session, file);
            }
        }
        for (FlbDTO flb : state.flbs) {
            if (flb.detached != null) {
                log.critical("FLB {} is preserved, and nobody serves it: {}", flb.compatible, flb.detached);
            }
        }
        for (IncomingFlbDTO flb : state.incoming) {
            incoming(flb);
        }
        for (RefusedDTO refused : state.refused) {
            log.warn("{} {} of {} was refused, {}: {}", refused.kind, refused.compatible, refused.module,
                    refused.errno, refused.reason);
        }
        for (HandlerDTO handler : state.handlers) {
            if (handler.missing.length > 0) {
                log.warn("Files of handler {} cannot be preserved: FLBs {} are missing. Start the bundles that provide"
                        + " them.", handler.compatible, String.join(", ", handler.missing));
            }
        }
        for (CallbackDTO callback : state.callbacks) {
            if (callback.slow) {
                log.warn("{} of {} {} ({}) has been running for {} ms.", callback.callback, callback.kind,
                        callback.compatible, callback.module, callback.millis);
            }
        }
        memory(state.memory);
        log.info("Sessions: {}, file handlers: {}, FLBs: {}.", state.sessions.length, state.handlers.length,
                state.flbs.length);
    }

    private void phase(Phase phase) {
        switch (phase) {
            case RUNNING -> log.debug("This generation is in charge.");
            case FENCED -> log.critical("Another generation is in charge: this one is fenced, and ends.");
            default -> log.temporarilyUnavailable("This generation is not in charge; its phase is {}.", phase);
        }
    }

    private void file(SessionDTO session, FileDTO file) {
        switch (file.state) {
            case "WAITING", "DETACHED", "FAILED" -> log.critical("File {} of session {} ({}) is {}: {}", file.token,
                    session.name, file.compatible, file.state, file.failure == null
                            ? "start a bundle that provides its handler" : file.failure);
            default -> log.debug("File {} of session {} is {}.", file.token, session.name, file.state);
        }
    }

    private void incoming(IncomingFlbDTO flb) {
        if (flb.detached != null) {
            log.critical("Incoming FLB {} has nobody who serves it: {}", flb.compatible, flb.detached);
        }
        if (flb.failure != null) {
            log.critical("Incoming FLB {} could not be retrieved: {}", flb.compatible, flb.failure);
        }
    }

    private void memory(MemoryDTO memory) {
        if (memory != null && memory.limitPages > 0 && memory.usedPages * 100 / memory.limitPages >= NEARLY_FULL) {
            log.warn(
                    "Handover memory is nearly full: {} of {} pages. Raise liveupdate.memory.limit, or close sessions.",
                    memory.usedPages, memory.limitPages);
        }
    }
}
