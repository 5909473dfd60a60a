package org.liveupdate.providers.api.support;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.KhoException.Reason;

/**
 * Storages that nobody keeps any more, but that cannot be freed while memory is frozen: when a live update is taken back
 * they are freed together with the next one. One for all files of a component. Thread safe.
 */
public final class Unfreed {

    private final Queue<Storage> storages = new ConcurrentLinkedQueue<>();

    /** None yet. */
    public Unfreed() {}

    /** Frees a storage, now or later. */
    public void free(Storage storage) {
        storages.add(storage);
        retry();
    }

    /** Frees what can be freed. Does nothing, quickly, if nothing waits. */
    public void retry() {
        for (Storage storage = storages.poll(); storage != null; storage = storages.poll()) {
            try {
                storage.free();
            } catch (KhoException e) {
                if (e.reason() == Reason.FROZEN) {
                    storages.add(storage);
                    return;
                }
                // fenced or closed: the memory is not ours any more, and neither is the duty
            }
        }
    }
}
