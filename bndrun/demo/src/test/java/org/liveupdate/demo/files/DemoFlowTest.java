package org.liveupdate.demo.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Settings;

@Timeout(60)
class DemoFlowTest {
    private static final int WIDTH = 100;

    @TempDir
    Path directory;

    private List<Path> files;

    @BeforeEach
    void write() throws Exception {
        byte[] bytes = new byte[2_500_000];
        Arrays.fill(bytes, (byte) 'x');
        files = List.of(Files.write(directory.resolve("big one"), bytes),
                Files.writeString(directory.resolve("empty"), ""));
    }

    private Stage first(int updates) {
        return new Stage(new FakeCore()).files(files).property("liveupdate.demo.generations", "" + updates);
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    private static void assertReadable(String text) {
        text.lines().forEach(line -> assertTrue(line.length() <= WIDTH && line.equals(Ascii.of(line)), line));
    }

    @Test
    void filesGoThroughSeveralUpdatesAndAreTheSame() throws Exception {
        Stage stage = first(3);
        assertTrue(stage.play());
        assertContains("big one: 2,500,000 bytes, SHA-256 ", stage.out());
        assertContains("hugetlb-v1  PRESERVED      2          1", stage.out());
        assertContains("and 3 more", stage.out());
        assertReadable(stage.out());
        for (int update = 1; update <= 3; update++) {
            stage = new Stage(stage.core.successor()).property("liveupdate.role", "successor");
            assertEquals(update < 3, stage.play(), stage.out());
            assertContains("after live update " + update + " of 3", stage.out());
            assertContains("hugetlb-v1", stage.out());
            assertReadable(stage.out());
            assertTrue(stage.core.incoming.isEmpty());
        }
        assertContains("shortest 2.0 ms, median 4.0 ms, longest 6.0 ms", stage.out());
        assertTrue(stage.out().endsWith("\nOK: 4 files, 5,000,000 bytes, 3 live updates, every digest equal\n"),
                stage.out());
        assertTrue(stage.core.outgoing.isEmpty());
    }

    @Test
    void theLastGenerationExitsWithZero() throws Exception {
        Stage stage = first(1);
        stage.play();
        Stage last = new Stage(stage.core.successor()).property("liveupdate.role", "successor");
        assertEquals(0, last.perform(), last.err());
        assertContains("1 live update, every digest equal", last.out());
    }

    @Test
    void anUpdateThatDidNotHappenLosesNothing() {
        Stage stage = first(1);
        assertEquals(1, stage.perform());
        assertContains(
                "liveupdate: the live update did not happen: ENODEV: the successor died; all 4 files are unchanged"
                        + " and stay preserved: try again with demo --resume --directory /handover",
                stage.err());
        assertEquals(1, stage.err().lines().count());
        assertEquals(2, stage.core.outgoing.size());
    }

    @Test
    void anUpdateThatDidNotHappenAndDamagedAFileIsTold() {
        Stage stage = first(1);
        stage.kexec.duringUpdate = () -> stage.factories.created.get(0).bytes[7]++;
        assertEquals(1, stage.perform());
        assertContains("the first difference is at offset 7", stage.err());
    }

    @Test
    void anImageThatWasLeftIsGoneOnWith() throws Exception {
        Stage stage = first(1);
        stage.perform();
        Stage resumed = new Stage(stage.core.successor()).property("liveupdate.resume", "true");
        assertTrue(resumed.play());
        assertContains("goes on with what JVM " + Settings.pid() + " left in an image", resumed.out());
        Stage last = new Stage(resumed.core.successor()).property("liveupdate.role", "successor");
        assertFalse(last.play());
        assertContains("4 files, 5,000,000 bytes, 1 live update,", last.out());
    }

    @Test
    void anImageOfSomethingElseIsRefused() {
        Stage stage = new Stage(new FakeCore().successor()).property("liveupdate.resume", "true");
        assertEquals(1, stage.perform());
        assertContains("no session demo-memfd of the demo", stage.err());
        assertContains("--discard", stage.err());
    }

    @Test
    void anFlbThatWasFinishedTwiceIsADifference() throws Exception {
        Stage stage = first(1);
        stage.play();
        Stage last = new Stage(stage.core.successor());
        last.core.state.incoming[0].finished = 1;
        assertEquals(1, last.perform());
        assertContains("FLB hugetlb-v1 was finished here 2 times, not once", last.err());
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndNothingIsPreserved() throws Exception {
        Path missing = directory.resolve("missing");
        Stage stage = new Stage(new FakeCore()).files(List.of(files.get(0), missing));
        assertEquals(1, stage.perform());
        assertEquals("liveupdate: cannot read " + missing + ": there is no such file\n", stage.err());
        assertTrue(stage.core.outgoing.isEmpty());
    }

    @Test
    void fullMemoryNamesTheFileAndTheRemedy() {
        Stage stage = first(1);
        stage.factories.full = true;
        assertEquals(1, stage.perform());
        assertContains("cannot load " + files.get(0) + ": ENOMEM: handover memory is full; name a --directory",
                stage.err());
        assertTrue(stage.factories.created.stream().allMatch(file -> file.closed));
    }

    @Test
    void withoutASuccessorNothingIsLoaded() {
        Stage stage = first(1);
        stage.kexec.unavailable = "there is no supervisor";
        assertEquals(1, stage.perform());
        assertContains("a live update is not possible here: there is no supervisor", stage.err());
        assertTrue(stage.factories.created.isEmpty());
    }

    @Test
    void stoppingEndsItWithoutAnExit() {
        Stage stage = first(1);
        stage.services.stop();
        assertNull(stage.perform());
        assertEquals("liveupdate: the demo was stopped before it was done\n", stage.err());
    }

    @Test
    void whatFailsBecauseTheFrameworkStopsIsNoFailure() {
        Stage stage = first(1);
        stage.kexec.duringUpdate = () -> stage.frameworkStops = true;
        assertNull(stage.perform());
        assertEquals("liveupdate: the demo was stopped before it was done\n", stage.err());
    }

    @Test
    void aSuccessorThatWaitsCanBeStopped() throws Exception {
        Stage stage = new Stage(new FakeCore().successor()).property("liveupdate.role", "successor");
        stage.services.left(LiveUpdate.class, stage.services.await(LiveUpdate.class));
        Thread thread = new Thread(stage::perform);
        thread.start();
        stage.services.stop();
        thread.join();
        assertNull(stage.kexec.status);
    }
}
