package org.liveupdate.api;

import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a callback may use. Valid while the callback runs, in its thread; do not keep it.
 */
@ProviderType
public interface CallbackContext {
    /**
     * The compatible string of the FLB or file handler being called.
     *
     * @return never null
     */
    String compatible();

    /**
     * Which life cycle the callback belongs to.
     *
     * @return never null
     */
    Side side();

    /**
     * Why it is called.
     *
     * @return never null
     */
    Reason reason();

    /**
     * The preserved memory of this FLB or file. Whatever {@code data} refers to lives here. Memory stays allocated until
     * {@code unpreserve} or {@code finish} has returned; freeing it inside {@code retrieve} is refused, and when a
     * {@code preserve} or {@code retrieve} fails the core undoes what it did here.
     *
     * @return the scope, never null
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} where there is no handover memory
     */
    Scope memory() throws LiveUpdateException;

    /**
     * Ordinary blocks of handover memory of the provider's bundle: not preserved until a scope adopts them.
     *
     * @return the pool, never null
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} where there is no handover memory
     */
    Pool pool() throws LiveUpdateException;

    /**
     * The live outgoing object of an FLB, for callbacks of files that depend on it: see {@link LiveUpdate#getOutgoing}.
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open handle, never null
     * @throws LiveUpdateException
     *             as {@link LiveUpdate#getOutgoing}
     */
    <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException;

    /**
     * The live incoming object of an FLB: see {@link LiveUpdate#getIncoming}.
     *
     * @param key
     *            which FLB, not null
     * @param <T>
     *            the object's type
     * @return an open handle, never null
     * @throws LiveUpdateException
     *             as {@link LiveUpdate#getIncoming}
     */
    <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException;
}
