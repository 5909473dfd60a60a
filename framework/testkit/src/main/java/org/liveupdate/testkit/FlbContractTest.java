package org.liveupdate.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What every FLB has to keep to. Extend it, with a constructor without arguments; each test bears the name of its rule.
 * After each test every page of handover memory has to be free. The files that depend on the FLB are the test kit's own.
 *
 * @param <T>
 *            the type of the live object
 */
@ConsumerType
public abstract class FlbContractTest<T>
        implements
            Starter<FlbProvider<T>>,
            FlbUpdateRules<T>,
            FlbOwnerRules<T>,
            FlbFailureRules<T>,
            FlbUseRules<T>,
            FlbImageRules<T> {

    @TempDir
    Path testKitDirectory;

    private FlbScene<T> scene;

    /**
     * The FLB under test.
     *
     * @return its compatible string: the one under which {@link #start} registers it
     */
    public abstract String compatible();

    @Override
    public abstract FlbProvider<T> start(Host host) throws Exception;

    /** Starts the first generation. */
    @BeforeEach
    final void startTheProvider() throws Exception {
        scene = new FlbScene<>(testKitDirectory, compatible(), this);
        scene.start();
    }

    /** Ends the last one. */
    @AfterEach
    final void everyPageOfHandoverMemoryIsFree() throws Exception {
        scene.end();
    }

    @Override
    public final FlbScene<T> scene() {
        return scene;
    }
}
