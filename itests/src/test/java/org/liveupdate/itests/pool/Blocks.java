package org.liveupdate.itests.pool;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Scope;

/** Memory for callbacks that cannot refuse. */
final class Blocks {
    private Blocks() {}

    static Scope memory(CallbackContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("no handover memory", e);
        }
    }
}
