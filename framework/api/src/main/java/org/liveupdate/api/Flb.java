package org.liveupdate.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of file-lifecycle-bound global state: what files of several kinds depend on, saved once and finished once
 * ({@code struct liveupdate_flb} with its {@code liveupdate_flb_ops}).
 *
 * <p>
 * Register it as an OSGi service of this type with the property {@link LiveUpdateConstants#COMPATIBLE}. Its bundle is
 * its owner: a module reference is held while the state is preserved, or retrieved and not finished.
 *
 * <p>
 * Outgoing: {@link #preserve} when the first dependent file is preserved, {@link #unpreserve} when the last one is
 * gone and no handle is open. Incoming: {@link #retrieve} when somebody asks first, or when the last file finishes;
 * {@link #finish} when no file and no handle is left. Both can be live at once.
 *
 * <p>
 * Callbacks of one FLB never overlap, are called without any lock of the core, in the thread of whoever caused them,
 * and may use the core except for this very FLB: that is {@code EDEADLK}. After any callback returned, {@code data}
 * alone must suffice for a retrieve by another bundle. Never put a class name, a bundle id or a serialized Java object
 * behind it.
 *
 * @param <T>
 *            the type of the live object; consumers ask for it by {@link FlbKey}, so it comes from a bundle that is
 *            not the one being replaced
 */
@ConsumerType
public interface Flb<T> {
    /**
     * Saves the state: called for the first file.
     *
     * @param context
     *            not null
     * @return data and live object, not null; a null object is legal
     * @throws LiveUpdateException
     *             passed on to whoever preserves the file; what was done to {@link FlbContext#memory()} is undone
     */
    Preserved<T> preserve(FlbContext context) throws LiveUpdateException;

    /**
     * Ends what {@link #preserve} began: the last file is gone, no update happened.
     *
     * @param context
     *            not null
     * @param data
     *            as returned by preserve
     * @param object
     *            the live object, or null
     */
    void unpreserve(FlbContext context, long data, T object);

    /**
     * Rebuilds the live object from preserved state. Called once for an owner: a failure is remembered. Nothing that
     * {@code data} refers to may be freed or changed in a way that a second retrieve could not read.
     *
     * @param context
     *            {@link Reason#HANDOVER} after a kexec, {@link Reason#ATTACH} after a change of owner, on either side
     * @param data
     *            what the previous owner left
     * @return the live object, or null
     * @throws LiveUpdateException
     *             remembered and passed on to everybody who asks
     */
    T retrieve(FlbContext context, long data) throws LiveUpdateException;

    /**
     * Ends the incoming life: no file and no handle is left. Frees what {@code data} refers to.
     *
     * @param context
     *            not null
     * @param data
     *            what the previous generation left
     * @param object
     *            the live object, or null
     */
    void finish(FlbContext context, long data, T object);

    /**
     * Last word before serialization, after all files are frozen; optional.
     *
     * @param context
     *            not null
     * @param data
     *            the present data
     * @param object
     *            the live object, or null
     * @return the data to hand over
     * @throws LiveUpdateException
     *             vetoes the live update; everything frozen before is unfrozen in reverse
     */
    default long freeze(FlbContext context, long data, T object) throws LiveUpdateException {
        return data;
    }

    /**
     * Takes {@link #freeze} back: the live update did not happen; optional.
     *
     * @param context
     *            not null
     * @param data
     *            the data that freeze returned
     * @param object
     *            the live object, or null
     */
    default void unfreeze(FlbContext context, long data, T object) {}

    /**
     * The owner leaves, the state stays: write what is only in the object, release everything but preserved memory;
     * optional.
     *
     * @param context
     *            {@link Reason#ATTACH}, on either side
     * @param data
     *            the data that the next owner will get
     * @param object
     *            the live object, or null
     */
    default void detach(FlbContext context, long data, T object) {}

    /**
     * The required callbacks this object lacks: empty for an ordinary implementation. An adapter that is given its
     * callbacks one by one (a script, a set of lambdas) tells here what it was not given; registering it is then
     * {@code EINVAL}.
     *
     * @return not null, asked once at registration
     */
    default Set<Callback> missing() {
        return Set.of();
    }
}
