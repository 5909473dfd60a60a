package org.liveupdate.api;

import org.liveupdate.api.runtime.dto.KexecPlanDTO;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces the whole JVM: a successor takes over all preserved state. Service of the kexec bundle.
 *
 * <p>
 * Thread safe; one update at a time.
 */
@ProviderType
public interface Kexec {
    /**
     * Whether a successor can be started here, and if not, why not.
     *
     * @return empty if it can, else a sentence
     */
    String unavailable();

    /**
     * Starts a successor, asks what it can read, and ends it again; nothing is frozen.
     *
     * @return what an update would meet; it would be carried out if there are neither blockers nor losses
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} no successor can be started here · {@code EBUSY} an update is under way ·
     *             {@code ENODEV} the successor died or was not ready in time
     */
    KexecPlanDTO plan() throws LiveUpdateException;

    /**
     * Updates: prepare, plan, freeze, commit, handover, decision. Does not return when it succeeds: this JVM has ended
     * for good. When it returns with an exception, everything is as before.
     *
     * @param force
     *            go on although the plan lists something that would not survive
     * @throws LiveUpdateException
     *             {@code EOPNOTSUPP} no successor can be started here · {@code EBUSY} an update is under way, or incoming
     *             sessions hold unfinished files · {@code ENODEV} the successor died or was not ready in time, or, without
     *             force, cannot read everything · {@code ETIMEDOUT} it did not confirm in time and the state was taken back
     *             · whatever a freeze callback vetoes with
     */
    void kexec(boolean force) throws LiveUpdateException;

    /**
     * Stops the framework and ends the JVM. Preserved state is committed to an image on the way, as at every orderly
     * stop.
     *
     * @param status
     *            exit status, 0 to 255; it becomes the supervisor's too
     */
    void exit(int status);
}
