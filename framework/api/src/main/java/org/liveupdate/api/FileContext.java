package org.liveupdate.api;

import org.osgi.annotation.versioning.ProviderType;

/** What a callback of a {@link FileHandler} may use, and how it finds the other files of its session. */
@ProviderType
public interface FileContext extends CallbackContext {
    /**
     * The session that holds the file.
     *
     * @return its name, never null
     */
    String session();

    /**
     * The token under which the session holds the file.
     *
     * @return any number
     */
    long token();

    /**
     * The token under which another file is preserved in the same outgoing session
     * ({@code liveupdate_get_token_outgoing}). Write it into the file's own state to express a dependency.
     *
     * @param file
     *            the other file, the very object that was preserved
     * @return its token
     * @throws LiveUpdateException
     *             {@code ENOENT} if this session does not hold that file; {@code EINVAL} on the incoming side
     */
    long token(Object file) throws LiveUpdateException;

    /**
     * Another file of the same incoming session, retrieved now if it was not yet
     * ({@code liveupdate_get_file_incoming}). Where a retrieve takes the place of another owner, {@link Reason#ATTACH},
     * on the outgoing side: another file of the same outgoing session.
     *
     * @param token
     *            the other file's token
     * @param type
     *            what the file has to be, not null
     * @param <F>
     *            the file's type
     * @return the file, never null
     * @throws LiveUpdateException
     *             {@code ENOENT} for an unknown token; {@code EDEADLK} if that file is being retrieved already, a
     *             cycle; {@code EINVAL} on the outgoing side, unless inside retrieve, or if the file is of another type; the
     *             errno with which retrieving it failed; {@code ENODEV} on the outgoing side if that file's owner has left:
     *             a retrieve that passes this on is called again when owners of files have come back
     */
    <F> F file(long token, Class<F> type) throws LiveUpdateException;
}
