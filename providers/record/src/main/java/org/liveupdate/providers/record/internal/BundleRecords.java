package org.liveupdate.providers.record.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.record.OpenRecord;
import org.liveupdate.providers.api.record.Records;

/** The records as one bundle sees them. */
final class BundleRecords implements Records {

    private final RecordSessions sessions;
    private final String bundle;
    private final Set<RecordUse> uses = ConcurrentHashMap.newKeySet();

    BundleRecords(RecordSessions sessions, String bundle) {
        this.sessions = sessions;
        this.bundle = bundle;
    }

    @Override
    public OpenRecord open(String name) throws LiveUpdateException {
        RecordUse use = sessions.file(name).open(bundle);
        uses.removeIf(RecordUse::isClosed);
        uses.add(use);
        return use;
    }

    @Override
    public List<String> names() {
        return sessions.names();
    }

    @Override
    public void remove(String name) throws LiveUpdateException {
        sessions.remove(name);
    }

    /** The bundle is gone: what it left open is closed. */
    void abandon() {
        uses.forEach(RecordUse::abandon);
    }
}
