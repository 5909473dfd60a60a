package org.liveupdate.shell.why;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/**
 * All that an explanation is drawn from.
 *
 * @param core
 *            the core at one moment
 * @param bundles
 *            the installed bundles
 * @param noKexec
 *            why no successor can be started here, a sentence; empty if one can
 */
public record Situation(RuntimeDTO core, List<BundleFacts> bundles, String noKexec) {
    Stream<HandlerDTO> handlers(String compatible) {
        return Arrays.stream(core.handlers).filter(handler -> handler.compatible.equals(compatible));
    }

    Stream<FlbDTO> flbs(String compatible) {
        return Arrays.stream(core.flbs).filter(flb -> flb.compatible.equals(compatible));
    }

    Stream<RefusedDTO> refused(Kind kind) {
        return Arrays.stream(core.refused).filter(refused -> refused.kind.equals(kind.name()));
    }

    Stream<RefusedDTO> refused(Kind kind, String compatible) {
        return refused(kind).filter(refused -> refused.compatible.equals(compatible));
    }

    Stream<SessionDTO> sessions() {
        return Arrays.stream(core.sessions);
    }

    /** The files of all sessions. */
    Stream<FileDTO> files() {
        return sessions().flatMap(session -> Arrays.stream(session.files));
    }
}
