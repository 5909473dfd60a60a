package org.liveupdate.shell;

import java.util.Arrays;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.shell.text.Flbs;
import org.liveupdate.shell.text.History;
import org.liveupdate.shell.text.Log;
import org.liveupdate.shell.text.SessionFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What there is, and what has happened. These commands change nothing, and work in every phase. Thread safe. */
@Component(service = StatusCommands.class, property = {"osgi.command.scope=liveupdate",
        "osgi.command.function=status", "osgi.command.function=flbs", "osgi.command.function=handlers",
        "osgi.command.function=sessions", "osgi.command.function=files", "osgi.command.function=modules",
        "osgi.command.function=memory", "osgi.command.function=history", "osgi.command.function=log"})
public final class StatusCommands {
    private static final String SESSION = "a session's name";
    private static final Set<String> MILESTONES = Set.of("START", "UPDATE", "STOP", "SWAP");

    private final LiveUpdateRuntime runtime;

    /** Called by DS. */
    @Activate
    public StatusCommands(@Reference LiveUpdateRuntime runtime) {
        this.runtime = runtime;
    }

    /** Everything; for people, at a glance. */
    @Descriptor("shows at a glance what is preserved, what was refused, and which callbacks are slow")
    public Object status(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, runtime.getRuntimeDTO());
    }

    /** Both life cycles of all FLBs. */
    @Descriptor("shows the FLBs: those of this generation, and those that were handed over")
    public Object flbs(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        RuntimeDTO core = runtime.getRuntimeDTO();
        return Output.of(json, new Flbs(core.flbs, core.incoming));
    }

    /** File handlers. */
    @Descriptor("shows the file handlers, their FLBs, and which FLBs they lack")
    public Object handlers(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, runtime.getRuntimeDTO().handlers);
    }

    /** Sessions of both sides. */
    @Descriptor("shows the sessions, outgoing and incoming, with their files counted by state")
    public Object sessions(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, runtime.getRuntimeDTO().sessions);
    }

    /** Files of all sessions. */
    @Descriptor("shows the files of all sessions")
    public Object files(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, SessionFile.of(runtime.getRuntimeDTO().sessions));
    }

    /** Files of one session. */
    @Descriptor("shows the files of a session")
    public Object files(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json, @Descriptor(SESSION) String session) throws LiveUpdateException {
        return Output.of(json, SessionFile.of(new Existing(runtime.getRuntimeDTO()).sessions(session)));
    }

    /** {@code lsmod}. */
    @Descriptor("shows the bundles that provide or hold something: state, references, used by (lsmod)")
    public Object modules(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, runtime.getRuntimeDTO().modules);
    }

    /** Handover memory; null before there is any. */
    @Descriptor("shows handover memory: how much there is, and who has it")
    public Object memory(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        return Output.of(json, runtime.getRuntimeDTO().memory);
    }

    /** What led here. */
    @Descriptor("shows what led here: the image, the last live update, starts, stops and swaps")
    public Object history(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        RuntimeDTO core = runtime.getRuntimeDTO();
        EventDTO[] events = Arrays.stream(core.history).filter(event -> MILESTONES.contains(event.kind))
                .toArray(EventDTO[]::new);
        return Output.of(json, new History(core.image, core.update, core.freeze, events));
    }

    /** Everything that was recorded. */
    @Descriptor("shows what the core has recorded, and the stacks of callbacks that are slow")
    public Object log(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json) {
        RuntimeDTO core = runtime.getRuntimeDTO();
        return Output.of(json, new Log(core.history, Arrays.stream(core.callbacks).filter(callback -> callback.slow)
                .toArray(CallbackDTO[]::new)));
    }
}
