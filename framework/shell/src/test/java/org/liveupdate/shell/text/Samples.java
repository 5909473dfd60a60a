package org.liveupdate.shell.text;

import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** Made-up data of a core. */
public final class Samples {
    private Samples() {}

    /** A core in charge that has nothing. */
    public static RuntimeDTO core() {
        RuntimeDTO core = new RuntimeDTO();
        core.enabled = true;
        core.phase = "RUNNING";
        core.directory = "/handover";
        return core;
    }

    /** A file. */
    public static FileDTO file(long token, String compatible, String state, String... flbs) {
        FileDTO file = new FileDTO();
        file.token = token;
        file.compatible = compatible;
        file.state = state;
        file.flbs = flbs;
        return file;
    }

    /** A session. */
    public static SessionDTO session(String side, String name, FileDTO... files) {
        SessionDTO session = new SessionDTO();
        session.side = side;
        session.name = name;
        session.open = side.equals("OUTGOING");
        session.files = files;
        return session;
    }

    /** A registered handler. */
    public static HandlerDTO handler(String compatible, String module, long files, String... flbs) {
        HandlerDTO handler = new HandlerDTO();
        handler.compatible = compatible;
        handler.module = module;
        handler.registered = true;
        handler.files = files;
        handler.flbs = flbs;
        return handler;
    }

    /** An FLB that one handler names. */
    public static FlbDTO flb(String compatible, String module, String state, long files) {
        FlbDTO flb = new FlbDTO();
        flb.compatible = compatible;
        flb.module = module;
        flb.state = state;
        flb.files = files;
        flb.links = 1;
        return flb;
    }

    /** An FLB that was handed over. */
    public static IncomingFlbDTO incoming(String compatible, String state, long files) {
        IncomingFlbDTO flb = new IncomingFlbDTO();
        flb.compatible = compatible;
        flb.state = state;
        flb.files = files;
        return flb;
    }

    /** A bundle as a module. */
    public static ModuleDTO module(long bundle, String name, String... usedBy) {
        ModuleDTO module = new ModuleDTO();
        module.bundle = bundle;
        module.name = name;
        module.state = "LIVE";
        module.references = usedBy.length;
        module.usedBy = usedBy;
        return module;
    }

    /** Something that was refused. */
    public static RefusedDTO refused(String kind, String compatible, String module, String errno, String reason) {
        RefusedDTO refused = new RefusedDTO();
        refused.kind = kind;
        refused.compatible = compatible;
        refused.module = module;
        refused.errno = errno;
        refused.reason = reason;
        return refused;
    }

    /** A callback that has been running for long. */
    public static CallbackDTO slow(String callback, String compatible, String module) {
        CallbackDTO slow = new CallbackDTO();
        slow.kind = "FLB";
        slow.callback = callback;
        slow.compatible = compatible;
        slow.module = module;
        slow.thread = "worker";
        slow.millis = 5000;
        slow.slow = true;
        slow.stack = "at p.Pool.wait(Pool.java:7)\nat p.Pool.preserve(Pool.java:3)";
        return slow;
    }

    /** An event. */
    public static EventDTO event(String id, String kind, String text) {
        EventDTO event = new EventDTO();
        event.id = id;
        event.kind = kind;
        event.subject = "it";
        event.result = "OK";
        event.text = text;
        return event;
    }
}
