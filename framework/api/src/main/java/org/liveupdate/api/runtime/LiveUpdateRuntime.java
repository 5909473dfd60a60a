package org.liveupdate.api.runtime;

import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Introspection service of the core. Its service property {@code service.changecount} grows after what
 * {@link #getRuntimeDTO()} returns has changed; changes that follow each other quickly are announced together, within a
 * tenth of a second. Registered in every phase, also by a successor that still waits.
 *
 * <p>
 * Thread safe.
 */
@ProviderType
public interface LiveUpdateRuntime {
    /**
     * A snapshot.
     *
     * @return an independent copy; no field that is an array is null
     */
    RuntimeDTO getRuntimeDTO();
}
