package org.liveupdate.api.handover;

import org.liveupdate.api.Errno;
import org.osgi.annotation.versioning.ProviderType;

/** A phase that has begun, for the flight recordings of this JVM. Thread safe. */
@ProviderType
public interface RecordedPhase {
    /**
     * It is over. To be called once.
     *
     * @param subject
     *            a successor or an image, written as text; null for none
     * @param errno
     *            how it failed, or null
     */
    void end(Object subject, Errno errno);
}
