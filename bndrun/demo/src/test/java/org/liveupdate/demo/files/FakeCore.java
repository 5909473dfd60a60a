package org.liveupdate.demo.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.api.runtime.dto.UpdateDTO;
import org.liveupdate.providers.api.hugetlb.HugePages;

/** What the demo uses of one generation's core: sessions that pass their files on, and one FLB that counts. */
final class FakeCore {
    final Map<String, FakeSession> outgoing = new LinkedHashMap<>();
    final Map<String, FakeSession> incoming = new LinkedHashMap<>();
    final RuntimeDTO state = new RuntimeDTO();
    private final long number;

    FakeCore() {
        this(0);
    }

    private FakeCore(long number) {
        this.number = number;
        state.directory = "/handover";
        state.handlers = new HandlerDTO[]{handler("memfd-v2"), handler("huge-memfd-v1")};
        ModuleDTO module = new ModuleDTO();
        module.name = "a.provider 1.0.0";
        module.references = 7;
        module.usedBy = new String[]{"one", "two", "three", "four", "five", "six", "seven"};
        state.modules = new ModuleDTO[]{module};
    }

    private static HandlerDTO handler(String compatible) {
        HandlerDTO handler = new HandlerDTO();
        handler.compatible = compatible;
        handler.registered = true;
        return handler;
    }

    /** The core of the next generation: what is outgoing here is incoming there. */
    FakeCore successor() {
        FakeCore next = new FakeCore(number + 1);
        IncomingFlbDTO flb = new IncomingFlbDTO();
        flb.compatible = HugePages.COMPATIBLE;
        flb.retrieved = 1;
        next.state.incoming = new IncomingFlbDTO[]{flb};
        next.state.update = new UpdateDTO();
        next.state.update.prepare = 1_000 * next.number;
        next.state.update.blackout = 2_000 * next.number;
        next.state.update.clock = "monotonic";
        outgoing.forEach((name, session) -> {
            FakeSession handedOver = new FakeSession(name, Side.INCOMING,
                    () -> flb.finished += name.equals(Cargo.HUGE_SESSION) ? 1 : 0, () -> next.incoming.remove(name));
            handedOver.files.putAll(session.files);
            next.incoming.put(name, handedOver);
        });
        return next;
    }

    RuntimeDTO getRuntimeDTO() {
        List<SessionDTO> sessions = new ArrayList<>();
        outgoing.values().forEach(session -> sessions.add(dto(session)));
        state.sessions = sessions.toArray(SessionDTO[]::new);
        FlbDTO flb = new FlbDTO();
        flb.compatible = HugePages.COMPATIBLE;
        flb.state = "PRESERVED";
        flb.preserved = 1;
        flb.files = outgoing.containsKey(Cargo.HUGE_SESSION) ? outgoing.get(Cargo.HUGE_SESSION).files.size() : 0;
        state.flbs = new FlbDTO[]{flb};
        return state;
    }

    private static SessionDTO dto(FakeSession session) {
        SessionDTO dto = new SessionDTO();
        dto.name = session.name();
        dto.side = session.side().name();
        dto.files = session.tokens().stream().map(token -> {
            FileDTO file = new FileDTO();
            file.token = token;
            file.compatible = "memfd-v2";
            return file;
        }).toArray(FileDTO[]::new);
        return dto;
    }

    boolean enabled() {
        return true;
    }

    long number() {
        return number;
    }

    Session createSession(String name) throws LiveUpdateException {
        FakeSession session = new FakeSession(name, Side.OUTGOING, () -> {}, () -> outgoing.remove(name));
        if (outgoing.putIfAbsent(name, session) != null) {
            throw new LiveUpdateException(Errno.EEXIST, name);
        }
        return session;
    }

    Session retrieveSession(String name) throws LiveUpdateException {
        if (!incoming.containsKey(name)) {
            throw new LiveUpdateException(Errno.ENOENT, name);
        }
        return incoming.get(name);
    }

    List<String> sessions(Side side) {
        return List.copyOf((side == Side.INCOMING ? incoming : outgoing).keySet());
    }
}
