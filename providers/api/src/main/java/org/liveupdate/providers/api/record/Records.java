package org.liveupdate.providers.api.record;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records that outlive whoever writes them. An OSGi service, there while this generation is in charge and all records that
 * were handed over are back. Each bundle gets an object of its own: what it left open is closed, without
 * {@linkplain OpenRecord#saveWith saving}, when it stops using the service.
 *
 * <p>A record is the only file of the session {@value #SESSION_PREFIX}NAME. Thread safe.
 */
@ProviderType
public interface Records {

    /** How the sessions are called that hold records: this, and the name of the record. */
    String SESSION_PREFIX = "record/";

    /** Longest name of a record, in bytes of UTF-8. */
    int NAME_MAX_BYTES = 56;

    /** How many bytes a record can have at most. More belongs into a memfd. */
    int MAX_BYTES = 64 << 20;

    /**
     * Opens a record, for one user at a time. One that does not exist is made, empty, and preserved from now on.
     *
     * @param name 1 to {@value #NAME_MAX_BYTES} bytes of UTF-8 without NUL; names belong to all bundles together
     * @return the record, open; close it
     * @throws LiveUpdateException {@code EINVAL} bad name · {@code EBUSY} somebody has it open, or a live update is under
     *         way · {@code ENOMEM} no handover memory is left · {@code EOPNOTSUPP} live update is off · {@code EIO},
     *         {@code EINVAL} what was handed over cannot be read: it is kept, and {@link #remove} gives it up
     */
    OpenRecord open(String name) throws LiveUpdateException;

    /**
     * The records there are, open or not, those included whose users never came back.
     *
     * @return names, in order of creation, a copy
     */
    List<String> names();

    /**
     * Gives a record up for good.
     *
     * @param name its name
     * @throws LiveUpdateException {@code ENOENT} there is none · {@code EBUSY} somebody has it open, or a live update is
     *         under way
     */
    void remove(String name) throws LiveUpdateException;
}
