package org.liveupdate.api;

import org.osgi.annotation.versioning.ProviderType;

/** What a callback of an {@link Flb} may use. */
@ProviderType
public interface FlbContext extends CallbackContext {
    /**
     * How many files hold the FLB on this side, over all sessions and handlers.
     *
     * @return 0 or more
     */
    long files();
}
