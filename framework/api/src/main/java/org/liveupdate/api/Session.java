package org.liveupdate.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named set of files that goes through a live update together.
 *
 * <p>
 * Thread safe: calls that change one session run one after the other. Every call that changes a session is
 * {@code EBUSY} from the freeze on, until the handover is confirmed or taken back, and {@code EDEADLK} from inside a
 * callback that serves the same session. A call on the wrong side is {@code EINVAL}; after {@link #close} it is
 * {@code EBADF}.
 */
@ProviderType
public interface Session extends AutoCloseable {
    /**
     * The name.
     *
     * @return 1 to {@value LiveUpdateConstants#SESSION_NAME_MAX_BYTES} bytes of UTF-8
     */
    String name();

    /**
     * Which side the session is on.
     *
     * @return never null
     */
    Side side();

    /**
     * The tokens of its files, oldest first.
     *
     * @return a copy, never null
     */
    List<Long> tokens();

    /**
     * Preserves a file: its FLBs in declared order, then the file.
     *
     * @param token
     *            under which it will be retrieved; any number, 0 too
     * @param file
     *            the file
     * @throws LiveUpdateException
     *             {@code EEXIST} token used in this session · {@code EBADF} file null · {@code ENOENT} no handler accepts
     *             it, or the one that does is going away · {@code EBUSY} the same file is preserved, or retrieved and
     *             unfinished · {@code ENODEV} an FLB of the handler is missing, detached, or its bundle is going away ·
     *             whatever an FLB's or the handler's preserve answers
     */
    void preserve(long token, Object file) throws LiveUpdateException;

    /**
     * Retrieves a file; the same one each time.
     *
     * @param token
     *            its token
     * @param type
     *            what the file has to be, not null; {@code Object.class} takes anything
     * @param <F>
     *            the file's type
     * @return the file, never null
     * @throws LiveUpdateException
     *             {@code ENOENT} unknown token · {@code ENODEV} its handler is not registered · {@code EINVAL} the file is
     *             not of that type · the errno of the handler's retrieve, the same each time
     */
    <F> F retrieve(long token, Class<F> type) throws LiveUpdateException;

    /**
     * Opens a handle on a file of either side: the file as its present handler serves it, retrieved now if it was not yet.
     *
     * @param token
     *            its token
     * @param type
     *            what the file has to be, not null; {@code Object.class} takes anything
     * @param <F>
     *            the file's type
     * @return an open handle; close it
     * @throws LiveUpdateException
     *             {@code ENOENT} unknown token · {@code ENODEV} its handler has left, or is not registered · {@code EINVAL} the
     *             file is not of that type · the errno with which retrieving it failed
     */
    <F> FileHandle<F> open(long token, Class<F> type) throws LiveUpdateException;

    /**
     * Finishes all files of an incoming session: retrieved ones live on, the handover is over for them. All or nothing:
     * every handler is asked first.
     *
     * @throws LiveUpdateException
     *             {@code EBUSY} a handler refuses · {@code ENODEV} a file's handler is not registered or detached; nothing
     *             was touched in both cases
     */
    void finish() throws LiveUpdateException;

    /**
     * Ends an outgoing session by unpreserving its files, newest first; finishes an incoming one. If finishing is refused
     * this object is closed all the same, and the session can be retrieved again by its name.
     *
     * @throws LiveUpdateException
     *             {@code EBUSY} or {@code EDEADLK}: the session stays open · {@code EBADF} the core was replaced, or this
     *             bundle stopped using it: the session is still there, find it again by its name · otherwise as
     *             {@link #finish}
     */
    @Override
    void close() throws LiveUpdateException;
}
