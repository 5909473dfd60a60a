package org.liveupdate.api.handover;

import java.nio.file.Path;
import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The steps of handing over, as the core performs them ({@code liveupdate_reboot} and what follows). The caller brings
 * two generations together and keeps the time; every step is safe to be the last one that this JVM executes.
 *
 * <p>
 * Thread safe; a step out of order is {@code EINVAL}.
 */
@ProviderType
public interface Handover {
    /**
     * Where this generation stands.
     *
     * @return never null
     */
    Phase phase();

    /**
     * The handover directory.
     *
     * @return absolute
     */
    Path directory();

    /**
     * How many live updates led here. Images count on where the core was started again without one, so the number of the
     * next image is what {@link #commit} returns, at least one more than this.
     *
     * @return 0 after a cold start; for a successor that waits, -1
     */
    long number();

    /**
     * What this generation can read, for the plan of its predecessor: {@code handler NAME} for each registered file
     * handler, {@code flb NAME} for each FLB, {@code owner handler NAME BUNDLE} and {@code owner flb NAME BUNDLE} for who
     * serves it where nobody else may take over what it preserved, {@code format NAME} for each layout.
     *
     * @return printable ASCII strings without line breaks, sorted
     */
    List<String> capabilities();

    /**
     * Compares what is preserved here with what a successor can read.
     *
     * @param successor
     *            its {@link #capabilities()}
     * @return what would not survive, one sentence each; empty if everything would
     */
    List<String> check(List<String> successor);

    /**
     * What {@link #commit} would refuse at this moment, whatever the successor can read, and what it would wait for: incoming
     * sessions with unfinished files, preserved state whose provider is detached, sessions that somebody is changing.
     *
     * @return one sentence each, with what to do; empty if nothing is in the way
     */
    List<String> blockers();

    /**
     * A phase that only the caller knows of begins: it is written into the flight recordings of this JVM, next to the core's
     * own. While nothing is recorded that costs a look at a flag.
     *
     * @param phase
     *            which, such as {@code prepare}
     * @return to be ended, not null
     */
    RecordedPhase begin(String phase);

    /**
     * Freezes every file and FLB, fences all writers, serializes, and commits the image with one rename. On failure
     * everything is unfrozen in reverse.
     *
     * @param prepareBegan
     *            {@link System#nanoTime()} at which the update began, for the time line
     * @return the number of the image
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} live update is off · {@code EBUSY} committed already, or incoming sessions hold
     *             unfinished files · {@code EDEADLK} called from inside a session's operation · {@code EIO} or {@code ENOSPC}
     *             the image could not be written · whatever a freeze callback vetoes with
     */
    long commit(long prepareBegan) throws LiveUpdateException;

    /**
     * Tries to get the image back. Exactly one of this and the successor's {@link #confirm()} succeeds. Nothing is
     * unfrozen yet: first see the successor dead, then {@link #resume()}.
     *
     * @return true if the state is ours, false if the successor has confirmed
     * @throws LiveUpdateException
     *             {@code EINVAL} nothing is committed · {@code EIO} the directory cannot be written
     */
    boolean takeBack() throws LiveUpdateException;

    /**
     * Goes on after taking back: writers are let through, everything is unfrozen in exact reverse.
     *
     * @throws LiveUpdateException
     *             {@code EINVAL} nothing was taken back
     */
    void resume() throws LiveUpdateException;

    /** Puts this generation out of charge for good: no callback and no write any more. Never fails. */
    void fence();

    /**
     * A successor claims an image, loads and checks it. Calls nobody and writes nothing to handover memory.
     *
     * @param number
     *            the number of the image
     * @throws LiveUpdateException
     *             {@code ENOENT} no such image · {@code EINVAL} it cannot be read: corrupt, too old or too new · {@code EIO}
     */
    void claim(long number) throws LiveUpdateException;

    /**
     * Decides: the image is ours, and this generation is in charge.
     *
     * @return false if the predecessor took it back; this generation is fenced then
     * @throws LiveUpdateException
     *             {@code EINVAL} nothing is claimed · {@code EIO} the directory cannot be written
     */
    boolean confirm() throws LiveUpdateException;
}
