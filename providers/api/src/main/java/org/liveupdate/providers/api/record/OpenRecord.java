package org.liveupdate.providers.api.record;

import java.util.Optional;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A record as its user has it open.
 *
 * <p>What {@link #write} has returned from is safe: it survives the user's bundle, the provider's, and a kexec. A user whose
 * state changes too often for that leaves the writing to {@link #saveWith}.
 *
 * <p>Thread safe. Every method but {@link #name} and {@link #close} is {@code EBADF} after close, or when the record was
 * removed by somebody else; and {@code ENODEV} once the provider has left: the record is there still, and is opened again
 * with the service that comes next.
 */
@ProviderType
public interface OpenRecord extends AutoCloseable {

    /** The name of the record; never null. */
    String name();

    /**
     * What was written last, by whomever.
     *
     * @return a copy; empty if nothing was ever written
     */
    Optional<Contents> read() throws LiveUpdateException;

    /**
     * Replaces the contents. Others, and the next generation, see the old ones or the new ones, never a part.
     *
     * @param contents not null; copied
     * @throws LiveUpdateException {@code EBUSY} a live update is under way: the next generation has what was written before
     *         · {@code EFBIG} more than {@link Records#MAX_BYTES} · {@code ENOMEM} no handover memory is left; the old
     *         contents stay in each case
     */
    void write(Contents contents) throws LiveUpdateException;

    /**
     * Leaves the writing to the provider: it asks when the record is closed, when a live update freezes it, when the
     * framework stops, and when the provider itself leaves. To be called after the old contents were read, because the
     * first answer replaces them. What the user changes after the question goes on in this JVM only.
     *
     * @param saver replaces an earlier one; null for none
     */
    void saveWith(Saver saver) throws LiveUpdateException;

    /**
     * Ends the use of the record, after asking the saver; the contents stay. Closing twice does nothing, and neither does
     * closing after the provider has left, or during a live update: what was saved then is kept.
     *
     * @throws LiveUpdateException the saver failed ({@code EIO} unless it said otherwise), or writing did as
     *         {@link #write} says: closed all the same, with the contents from before
     */
    @Override
    void close() throws LiveUpdateException;
}
