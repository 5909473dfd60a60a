package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.liveupdate.itests.support.Bundles.onClasspath;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liveupdate.itests.support.OsgiContainer;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.Bundle;

/** The session cache of the example keeps its contents, whatever happens to it and to those who keep them for it. */
@Timeout(60)
class RecordIT {
    private static final String EXAMPLE = "org.liveupdate.providers.example";
    private static final String RECORD = "org.liveupdate.providers.record";
    private static final Map<String, String> ALL = Map.of("s1", "alice", "s2", "bob");

    private final Path directory = Files.createTempDirectory("records");

    @RegisterExtension
    final OsgiContainer osgi = new OsgiContainer(this::options);
    private final CoreUser core = new CoreUser(osgi);

    RecordIT() throws java.io.IOException {}

    private Option[] options() {
        return OptionUtils.combine(new CoreBundles().get(), onClasspath("org.liveupdate.providers.api"),
                onClasspath(RECORD), onClasspath(EXAMPLE),
                frameworkProperty("liveupdate.directory").value(directory.toString()));
    }

    @BeforeEach
    void twoUsersLogIn() throws Exception {
        put("s1", "alice");
        put("s2", "bob");
    }

    private Object cache() throws Exception {
        return osgi.service(EXAMPLE + ".SessionCache");
    }

    private void put(String session, String user) throws Exception {
        Object cache = cache();
        cache.getClass().getMethod("put", String.class, String.class).invoke(cache, session, user);
    }

    private Object all() throws Exception {
        Object cache = cache();
        return cache.getClass().getMethod("all").invoke(cache);
    }

    private void assertNothingIsLost() throws Exception {
        assertEquals(ALL, all());
        assertEquals(List.of("record/session-cache"), core.sessions("OUTGOING"));
        assertEquals(List.of(), core.sessions("INCOMING"));
    }

    @Test
    void theApplicationIsStoppedAndStarted() throws Exception {
        osgi.bundle(EXAMPLE).stop();
        assertEquals(List.of("record/session-cache"), core.sessions("OUTGOING"));
        osgi.bundle(EXAMPLE).start();

        assertNothingIsLost();
    }

    @Test
    void theApplicationIsUpdatedToAVersionWithOtherClasses() throws Exception {
        Object before = cache();
        Bundle example = osgi.bundle(EXAMPLE);
        example.update(NextVersion.stream(example));

        assertNotSame(before.getClass(), cache().getClass());
        assertNothingIsLost();
    }

    @Test
    void theProviderIsSwappedTwiceAndTheApplicationGoesOnWithTheNextOne() throws Exception {
        swapProvider();
        assertNothingIsLost();
        put("s3", "carol");
        swapProvider();

        assertEquals(Map.of("s1", "alice", "s2", "bob", "s3", "carol"), all());
    }

    private void swapProvider() throws Exception {
        Bundle before = osgi.bundle(RECORD);
        new Foreign(osgi.service("org.liveupdate.api.Modules")).call("swap", before,
                "next:" + RECORD + before.getVersion(), NextVersion.stream(before));
        assertEquals(Bundle.UNINSTALLED, before.getState());
        assertEquals(Bundle.ACTIVE, osgi.bundle(EXAMPLE).getState());
    }

    @Test
    void theProviderIsStoppedAndStarted() throws Exception {
        osgi.bundle(RECORD).stop();
        osgi.bundle(RECORD).start();

        assertNothingIsLost();
    }

    @ParameterizedTest
    @EnumSource
    void theCoreIs(CoreDisturbance disturbance) throws Exception {
        disturbance.happen(osgi);

        assertNothingIsLost();
    }

    @Test
    void theFrameworkIsStoppedInOrderAndStartedAgain() throws Exception {
        osgi.restart();

        assertNothingIsLost();
    }

    @Test
    void theApplicationIsGoneForGoodAndItsRecordIsRemoved() throws Exception {
        osgi.bundle(EXAMPLE).uninstall();
        osgi.restart();
        osgi.bundle(EXAMPLE).stop();
        Foreign records = new Foreign(osgi.service("org.liveupdate.providers.api.record.Records"));
        assertEquals(List.of("session-cache"), records.call("names").object());

        records.call("remove", "session-cache");

        assertEquals(List.of(), core.sessions("OUTGOING"));
        assertEquals(0, core.pages());
    }
}
