package org.liveupdate.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service of the core that agents and operators use ({@code /dev/liveupdate} and the in-kernel accessors).
 *
 * <p>
 * It appears when the generation is in charge: at once for a first one, after the handover is confirmed for a
 * successor. Each bundle gets an object of its own, so that handles and sessions have an owner; what a bundle left
 * open is closed, and its incoming sessions become retrievable again, when it stops using the service.
 *
 * <p>
 * Thread safe. No method waits for another bundle's callback longer than the callback deadline, then it is
 * {@code EBUSY}.
 */
@ProviderType
public interface LiveUpdate {
    /**
     * Whether live update is on. Off, every other method is {@code EOPNOTSUPP}.
     *
     * @return false if it was switched off or nothing could be set up
     */
    boolean enabled();

    /**
     * How many live updates led to this generation.
     *
     * @return 0 after a cold start
     */
    long number();

    /**
     * Creates an outgoing session.
     *
     * @param name
     *            1 to {@value LiveUpdateConstants#SESSION_NAME_MAX_BYTES} bytes of UTF-8 without NUL
     * @return the session, open
     * @throws LiveUpdateException
     *             {@code EINVAL} bad name · {@code EEXIST} an outgoing session has it · {@code EBUSY} a live update is under
     *             way · {@code EDEADLK} inside freeze or unfreeze
     */
    Session createSession(String name) throws LiveUpdateException;

    /**
     * Finds an outgoing session that exists, for an agent that was itself replaced.
     *
     * @param name
     *            its name
     * @return the session
     * @throws LiveUpdateException
     *             {@code ENOENT} there is none with this name
     */
    Session openSession(String name) throws LiveUpdateException;

    /**
     * Takes an incoming session.
     *
     * @param name
     *            the name that the previous generation gave it
     * @return the session, open
     * @throws LiveUpdateException
     *             {@code ENOENT} nothing handed over has this name · {@code EINVAL} somebody has it · {@code EBUSY} a live
     *             update is under way · {@code EDEADLK} inside freeze or unfreeze
     */
    Session retrieveSession(String name) throws LiveUpdateException;

    /**
     * The sessions of one side, in order of creation.
     *
     * @param side
     *            which, not null
     * @return names, a copy
     */
    List<String> sessions(Side side);

    /**
     * The object of an FLB that the previous generation preserved. For whoever needs the old state before, or apart from,
     * the files that depend on it: a pool at start-up that must not hand out again what is in use.
     *
     * <pre>
     * try (FlbHandle&lt;HugePagePool&gt; handle = liveUpdate.getIncoming(HUGETLB)) {
     *     reserve(handle.get().pagesInUse());
     * }
     * </pre>
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open handle; close it
     * @throws LiveUpdateException
     *             {@code EDEADLK} inside a callback of this FLB · {@code ENODATA} nothing was handed over, or it is finished
     *             · {@code ENOENT} the name was not handed over; the message lists those that were · {@code ENODEV} no
     *             owner, or it is going away · {@code EINVAL} the object is of another class · the errno with which this
     *             owner failed to retrieve it
     */
    <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException;

    /**
     * The object of an FLB that is preserved for the next generation. For whoever changes the shared state while files
     * depend on it: a pool that counts one page more.
     *
     * <pre>
     * try (FlbHandle&lt;HugePagePool&gt; handle = context.getOutgoing(HUGETLB)) {
     *     handle.get().add(pages);
     * }
     * </pre>
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open handle; close it
     * @throws LiveUpdateException
     *             {@code EDEADLK} inside a callback of this FLB · {@code ENOENT} not preserved, or its object is null ·
     *             {@code ENODEV} detached, or its bundle is going away · {@code EINVAL} the object is of another class
     */
    <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException;

    /**
     * As {@link #getIncoming}, and holds the FLB's lock until closed.
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open lock; close it in the same thread
     * @throws LiveUpdateException
     *             as {@link #getIncoming}; {@code EDEADLK} also if this thread holds the lock; {@code EBUSY} if another holds
     *             it longer than the callback deadline
     */
    <T> FlbLock<T> lockIncoming(FlbKey<T> key) throws LiveUpdateException;

    /**
     * As {@link #getOutgoing}, and holds the FLB's lock until closed.
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open lock; close it in the same thread
     * @throws LiveUpdateException
     *             as {@link #getOutgoing}; {@code EDEADLK} also if this thread holds the lock; {@code EBUSY} if another holds
     *             it longer than the callback deadline
     */
    <T> FlbLock<T> lockOutgoing(FlbKey<T> key) throws LiveUpdateException;

    /**
     * Gives up the handed-over state of an FLB that no file needs any more and that could not be finished, because it has
     * no owner or retrieving it failed. Its memory is freed, whatever it held is lost.
     *
     * @param compatible
     *            which FLB
     * @throws LiveUpdateException
     *             {@code ENODATA} nothing was handed over, or it is finished · {@code ENOENT} the name was not handed over ·
     *             {@code EBUSY} files still depend on it, handles are open, or its owner can finish it
     */
    void discard(String compatible) throws LiveUpdateException;

    /**
     * Gives up a file that nobody can serve: its handler is not there (any more), or failed to retrieve it, or its memory
     * was found corrupt. No callback is called, its memory is freed, and the FLBs it held have one file less. For an
     * operator who wants the rest of the session, or the next live update.
     *
     * @param side
     *            which side the session is on, not null
     * @param session
     *            its name
     * @param token
     *            which file
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code ENOENT} there is no such session or file · {@code EBUSY} a
     *             handler serves the file, or can (unpreserve or finish it instead), it is being changed, or a live update is
     *             under way · {@code EIO} its memory could not be freed; the file is gone all the same
     */
    void discardFile(Side side, String session, long token) throws LiveUpdateException;

    /**
     * Registers a file handler explicitly; the calling bundle owns it. The whiteboard ends in the same registry.
     *
     * @param compatible
     *            its compatible string
     * @param handler
     *            the handler
     * @throws LiveUpdateException
     *             {@code EINVAL} something is null, a callback is missing, or the string is not 1 to
     *             {@value LiveUpdateConstants#COMPATIBLE_MAX_BYTES} bytes of printable ASCII · {@code EEXIST} another handler
     *             has the string · {@code EAGAIN} the bundle is going away
     */
    void registerHandler(String compatible, FileHandler<?> handler) throws LiveUpdateException;

    /**
     * Unregisters a file handler and unlinks its FLBs. Files that it holds are served to their end. Never fails; does
     * nothing for a handler that is not registered.
     *
     * @param handler
     *            the handler
     */
    void unregisterHandler(FileHandler<?> handler);

    /**
     * Links an FLB to a registered handler: files preserved from now on depend on it. The calling bundle owns an FLB that
     * was not known.
     *
     * @param handler
     *            the handler
     * @param compatible
     *            the FLB's compatible string
     * @param flb
     *            the FLB
     * @throws LiveUpdateException
     *             {@code EINVAL} an argument is missing or wrong, or the handler is not registered · {@code EEXIST} linked to
     *             this handler already, or, at its first link, another FLB has the string · {@code ENOSPC}
     *             {@link LiveUpdateConstants#LUO_FLB_MAX} is reached · {@code EAGAIN} the bundle is going away
     */
    void registerFlb(FileHandler<?> handler, String compatible, Flb<?> flb) throws LiveUpdateException;

    /**
     * Unlinks an FLB from a handler. What is in use goes on serving its files and keeps its name. Never fails; does
     * nothing for what is not linked.
     *
     * @param handler
     *            the handler
     * @param flb
     *            the FLB
     */
    void unregisterFlb(FileHandler<?> handler, Flb<?> flb);
}
