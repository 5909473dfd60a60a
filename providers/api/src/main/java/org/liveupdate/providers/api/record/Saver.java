package org.liveupdate.providers.api.record;

import org.osgi.annotation.versioning.ConsumerType;

/** Says what a record is to contain: see {@link OpenRecord#saveWith}. */
@ConsumerType
@FunctionalInterface
public interface Saver {

    /**
     * The state to keep. Called in a thread of the core's, or of whoever closes the record, with no lock held.
     *
     * @return not null
     * @throws Exception refuses: a live update does not take place, with this errno if it is a
     *         {@link org.liveupdate.api.LiveUpdateException} and {@code EIO} if not; where nobody can refuse, the
     *         contents from before are kept, and a warning says so
     */
    Contents save() throws Exception;
}
