package org.liveupdate.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What every file handler has to keep to. Extend it, with a constructor without arguments; each test bears the name of
 * its rule. After each test every page of handover memory has to be free.
 *
 * @param <F>
 *            the type of the files
 */
@ConsumerType
public abstract class FileHandlerContractTest<F>
        implements
            Starter<FileProvider<F>>,
            FileUpdateRules<F>,
            FileOwnerRules<F>,
            FileFailureRules<F>,
            FileVetoRules<F>,
            FileUseRules<F>,
            FileEndRules<F>,
            FileImageRules<F> {

    @TempDir
    Path testKitDirectory;

    private FileScene<F> scene;

    /**
     * The handler under test.
     *
     * @return its compatible string: the one under which {@link #start} registers it
     */
    public abstract String compatible();

    @Override
    public abstract FileProvider<F> start(Host host) throws Exception;

    /** Starts the first generation. */
    @BeforeEach
    final void startTheProvider() throws Exception {
        scene = new FileScene<>(testKitDirectory, compatible(), this);
        scene.start();
    }

    /** Ends the last one. */
    @AfterEach
    final void everyPageOfHandoverMemoryIsFree() throws Exception {
        scene.end();
    }

    @Override
    public final FileScene<F> scene() {
        return scene;
    }
}
