package org.liveupdate.testkit;

import java.nio.file.Path;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.kho.Pool;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a framework is to a provider's bundle: where the bundle registers its services, and where it finds those of the
 * core. Every start of the provider gets one of its own. Thread safe.
 */
@ProviderType
public interface Host {
    /**
     * Registers a file handler, as a service with these properties would be.
     *
     * @param compatible
     *            the service property {@code liveupdate.compatible}
     * @param handler
     *            the handler, not null
     * @param flbs
     *            the service property {@code liveupdate.flbs}: each has to be registered before the start is over
     */
    void register(String compatible, FileHandler<?> handler, String... flbs);

    /**
     * Registers an FLB, as a service with this property would be.
     *
     * @param compatible
     *            the service property {@code liveupdate.compatible}
     * @param flb
     *            the FLB, not null
     */
    void register(String compatible, Flb<?> flb);

    /**
     * The service {@link Pool} as the provider's bundle gets it.
     *
     * @return never null
     */
    Pool pool();

    /**
     * The service {@link LiveUpdate} as the provider's bundle gets it.
     *
     * @return never null
     */
    LiveUpdate liveUpdate();

    /**
     * A private directory for what the provider needs outside of handover memory: the same at every start within one
     * test, empty at the first.
     *
     * @return absolute
     */
    Path directory();
}
