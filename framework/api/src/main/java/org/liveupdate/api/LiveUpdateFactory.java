package org.liveupdate.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.kho.Pool;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes cores outside of any framework, for tests, the test kit and benchmarks. The core's jar has to be on the class
 * path at run time; nobody compiles against it.
 */
@ProviderType
public interface LiveUpdateFactory {
    /** A bundle's stand-in: what it registers and opens belongs to it. */
    @ProviderType
    interface Agent {
        /**
         * The live update service as this bundle sees it.
         *
         * @return always the same
         */
        LiveUpdate liveUpdate();

        /**
         * The bundle is on its way out ({@code MODULE_STATE_GOING}): no new reference to it can be taken.
         *
         * @param going
         *            false when it is back
         */
        void going(boolean going);

        /**
         * The bundle stops, as anybody can stop it: what it registered is withdrawn, what it preserved is detached, what it
         * opened is closed. It is on its way out from now on; it may register again once it is not {@link #going} any more.
         */
        void leave();

        /**
         * The bundle's ordinary blocks of handover memory, as the service {@link Pool} gives them out in a framework.
         *
         * @return the pool, never null
         * @throws LiveUpdateException
         *             {@code EOPNOTSUPP} a successor that waits for an image has no handover memory yet
         */
        Pool pool() throws LiveUpdateException;

        /**
         * Module references held on the bundle.
         *
         * @return 0 or more
         */
        int references();
    }

    /** A core of its own. */
    @ProviderType
    interface Instance extends AutoCloseable {
        /**
         * A stand-in for a bundle.
         *
         * @param symbolicName
         *            who it is
         * @return the same for the same name
         */
        Agent agent(String symbolicName);

        /**
         * The steps of handing over.
         *
         * @return always the same
         */
        Handover handover();

        /**
         * What the core shows of itself.
         *
         * @return always the same
         */
        LiveUpdateRuntime runtime();

        /**
         * Ends the core as a framework stop does: what is preserved goes into an image.
         *
         * @throws IOException
         *             its memory could not be closed
         */
        @Override
        void close() throws IOException;
    }

    /**
     * The factory of the core on the class path.
     *
     * @return never null
     * @throws IllegalStateException
     *             there is no core on the class path
     */
    static LiveUpdateFactory find() {
        return ServiceLoader.load(LiveUpdateFactory.class, LiveUpdateFactory.class.getClassLoader()).findFirst()
                .orElseThrow(() -> new IllegalStateException("no org.liveupdate.core on the class path"));
    }

    /**
     * Makes a core.
     *
     * @param directory
     *            the handover directory: private (0700), exists
     * @param properties
     *            the configuration, by the names that framework properties have, such as {@code liveupdate.role}
     * @return a core; it is in charge unless it is a successor, which waits for an image
     * @throws IOException
     *             the directory cannot be used
     * @throws LiveUpdateException
     *             an image that is there cannot be taken over
     */
    Instance create(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException;
}
