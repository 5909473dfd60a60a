package org.liveupdate.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Preserves files of one kind ({@code struct liveupdate_file_handler} with its ops).
 *
 * <p>
 * Register it as an OSGi service of this type with the properties {@link LiveUpdateConstants#COMPATIBLE} and, if its
 * files depend on global state, {@link LiveUpdateConstants#FLBS}. Its bundle is its owner: one module reference is held
 * for each file that is preserved, or incoming and known.
 *
 * <p>
 * Order around the callbacks: the FLBs in declared order, then {@link #preserve}; and the reverse, {@link #unpreserve}
 * or {@link #finish}, then the FLBs last to first. No lock of the core is held. A call that would change the same
 * session from inside is {@code EDEADLK}.
 *
 * @param <F>
 *            the type of the files
 */
@ConsumerType
public interface FileHandler<F> {
    /**
     * Whether this handler is the one for a file. Asked in registration order, often, for files of every kind: a quick
     * test of the type only. What can change later belongs into {@link #preserve}.
     *
     * @param file
     *            any file, not null
     * @return true if it is an {@code F} that this handler takes
     */
    boolean canPreserve(Object file);

    /**
     * Saves a file's state.
     *
     * @param context
     *            not null
     * @param file
     *            a file that {@link #canPreserve} accepted
     * @return data, and a value that only this handler sees again, not null
     * @throws LiveUpdateException
     *             passed on; {@link #unpreserve} is not called, memory is undone, the FLBs are released in reverse
     */
    Preserved<?> preserve(FileContext context, F file) throws LiveUpdateException;

    /**
     * Ends what {@link #preserve} began: the session was closed without an update.
     *
     * @param context
     *            not null
     * @param file
     *            the file
     * @param data
     *            the present data
     * @param object
     *            the private value of preserve, or null
     */
    void unpreserve(FileContext context, F file, long data, Object object);

    /**
     * Rebuilds the file.
     *
     * @param context
     *            {@link Reason#HANDOVER} after a kexec, {@link Reason#ATTACH} after a change of owner
     * @param data
     *            what the previous owner left
     * @return the file, not null
     * @throws LiveUpdateException
     *             remembered: the same errno each time, the callback is not called again
     */
    F retrieve(FileContext context, long data) throws LiveUpdateException;

    /**
     * Ends the handover of a file. If it was retrieved it lives on; else everything is given back.
     *
     * @param context
     *            not null
     * @param file
     *            the file, or null if it was not retrieved
     * @param data
     *            what the previous generation left
     * @param status
     *            what became of retrieving it, not null
     */
    void finish(FileContext context, F file, long data, RetrieveStatus status);

    /**
     * Last word before serialization; optional.
     *
     * @param context
     *            not null
     * @param file
     *            the file
     * @param data
     *            the present data
     * @param object
     *            the private value of preserve, or null
     * @return the data to hand over, also kept when the update is taken back
     * @throws LiveUpdateException
     *             vetoes the live update
     */
    default long freeze(FileContext context, F file, long data, Object object) throws LiveUpdateException {
        return data;
    }

    /**
     * Takes {@link #freeze} back; optional.
     *
     * @param context
     *            not null
     * @param file
     *            the file
     * @param data
     *            the data that freeze returned
     * @param object
     *            the private value of preserve, or null
     */
    default void unfreeze(FileContext context, F file, long data, Object object) {}

    /**
     * Whether an incoming file may be finished; optional.
     *
     * @param context
     *            not null
     * @param file
     *            the file, or null if it was not retrieved
     * @param data
     *            what the previous generation left
     * @param status
     *            what became of retrieving it, not null
     * @return false refuses to finish the whole session ({@code EBUSY}), with nothing touched
     */
    default boolean canFinish(FileContext context, F file, long data, RetrieveStatus status) {
        return true;
    }

    /**
     * The owner leaves, the file's state stays; see {@link Flb#detach}; optional.
     *
     * @param context
     *            {@link Reason#ATTACH}
     * @param file
     *            the file
     * @param data
     *            the data that the next owner will get
     * @param object
     *            the private value of preserve, or null
     */
    default void detach(FileContext context, F file, long data, Object object) {}

    /**
     * What makes two file objects the same file, an inode number for example. The same file cannot be preserved twice.
     *
     * @param file
     *            the file, not null
     * @return the file itself, which is compared by reference, or a key that is compared by {@code equals}; not null
     */
    default Object identity(F file) {
        return file;
    }

    /**
     * A session takes hold of the file ({@code fget}): it must not go away when its user closes it; optional.
     *
     * @param file
     *            the file, not null
     */
    default void hold(F file) {}

    /**
     * The session lets go of the file ({@code fput}): the last of all, after its FLBs were released; optional.
     *
     * @param file
     *            the file, not null
     */
    default void release(F file) {}

    /**
     * The required callbacks this object lacks; see {@link Flb#missing()}.
     *
     * @return not null, asked once at registration
     */
    default Set<Callback> missing() {
        return Set.of();
    }
}
