package org.liveupdate.providers.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.providers.api.record.OpenRecord;
import org.liveupdate.providers.api.record.Records;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Who is logged in with which session. In the shell: {@code cache:put}, {@code cache:get}, {@code cache:all}. */
@Component(service = SessionCache.class, immediate = true, property = {"osgi.command.scope=cache",
        "osgi.command.function=put", "osgi.command.function=get", "osgi.command.function=all"})
public final class SessionCache {

    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final OpenRecord record;

    /** Called by DS. */
    @Activate
    public SessionCache(@Reference Records records) throws LiveUpdateException {
        record = records.open("session-cache");
        record.read().ifPresent(this::load);
        record.saveWith(this::save);
    }

    @Deactivate
    void close() throws LiveUpdateException {
        record.close();
    }

    private void load(Contents contents) {
        new String(contents.bytes(), UTF_8).lines().map(line -> line.split(" ", 2))
                .forEach(words -> users.put(words[0], words[1]));
    }

    private Contents save() {
        return new Contents(1, users.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n")).getBytes(UTF_8));
    }

    /** Remembers the user of a session. */
    public void put(String session, String user) {
        users.put(session, user);
    }

    /** The user of a session, or null. */
    public String get(String session) {
        return users.get(session);
    }

    /** All sessions and their users. */
    public Map<String, String> all() {
        return new TreeMap<>(users);
    }
}
