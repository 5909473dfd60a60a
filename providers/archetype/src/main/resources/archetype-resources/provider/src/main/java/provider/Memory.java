package ${package}.provider;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Scope;

/** Preserved memory for callbacks that cannot refuse. */
final class Memory {

    private Memory() {}

    static Scope of(CallbackContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
