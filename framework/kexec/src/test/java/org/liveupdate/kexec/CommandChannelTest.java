package org.liveupdate.kexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.kexec.supervisor.link.TimeLimits;

/** A generation without supervisor starts its successor by a command, in real processes. */
@Timeout(60)
class CommandChannelTest {
    @TempDir
    Path root;

    private Path directory;
    private FakeHandover core;
    private final List<Integer> exits = new ArrayList<>();

    @BeforeEach
    void beInCharge() throws IOException {
        directory = handoverDirectory("handover");
        core = new FakeHandover(directory, Set.of(), false, null, () -> {});
    }

    @AfterEach
    void endProcesses() throws IOException {
        successors().forEach(ProcessHandle::destroyForcibly);
    }

    private Path handoverDirectory(String name) throws IOException {
        return Files.createDirectory(root.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Successors, and what they started, each of which has written down its process number. */
    private List<ProcessHandle> successors() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<ProcessHandle> found = new ArrayList<>();
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("pid-")).toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(found::add);
            }
            return found;
        }
    }

    /** The usual command: {@code java} with the options that it is given, and these. */
    private static String java(String... options) {
        return ProcessHandle.current().info().command().orElseThrow() + " $LIVEUPDATE_OPTIONS "
                + String.join(" ", options) + " -cp '" + System.getProperty("java.class.path")
                + "' aQute.launcher.pre.EmbeddedLauncher";
    }

    private Update update(String command, Map<String, String> limits) {
        return new Update(new CommandChannel(new SuccessorCommand(command), 1), core,
                TimeLimits.of(limits::get));
    }

    private void kexec(String command) throws LiveUpdateException {
        CommandChannel channel = new CommandChannel(new SuccessorCommand(command), 1);
        TimeLimits limits = TimeLimits.of(name -> null);
        Update update = new Update(channel, core, limits);
        assertEquals(List.of(), update.prepare());
        new HandingOver(channel, core, limits, update.successor(), exits::add).run(System.nanoTime());
    }

    @Test
    void theCommandStartsTheSuccessorThatTakesOver() throws Exception {
        kexec("exec " + java());

        assertEquals(List.of(0), exits);
        assertEquals(Phase.FENCED, core.phase());
        assertEquals(List.of(true), successors().stream().map(ProcessHandle::isAlive).toList());
    }

    @Test
    void aSuccessorThatRefusesTheImageEndsAndTheOldGenerationGoesOn() throws Exception {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class,
                () -> kexec(java("-Dfake.2=REFUSES") + "; exit 3"));

        assertEquals(Errno.ENODEV, refusal.errno());
        assertTrue(refusal.getMessage().contains("the image is too new; the state was taken back"),
                refusal::getMessage);
        assertEquals(Phase.RUNNING, core.phase());
        assertEquals(List.of(), exits);
    }

    @Test
    void aCommandThatEndsAtOnceIsReportedWithItsStatus() {
        LiveUpdateException refusal =
                assertThrows(LiveUpdateException.class, () -> update("exit 3", Map.of()).prepare());

        assertEquals(Errno.ENODEV, refusal.errno());
        assertTrue(refusal.getMessage().contains("ended with status 3 (its output says why) before it was ready"),
                refusal::getMessage);
    }

    @Test
    void whatTheCommandStartedEndsWithASuccessorThatIsNotReadyInTime() throws Exception {
        Path pids = directory.resolve("pid-");
        String command = "sh -c 'echo $$ > " + pids + "inner; sleep 600; true'; echo never";

        LiveUpdateException refusal = assertThrows(LiveUpdateException.class,
                () -> update(command, Map.of("liveupdate.prepare.timeout", "2000")).prepare());

        assertTrue(refusal.getMessage().contains("was not ready within 2000 ms"), refusal::getMessage);
        assertTrue(Files.exists(directory.resolve("pid-inner")));
        assertFalse(successors().stream().anyMatch(ProcessHandle::isAlive));
    }

    @Test
    void aPlanLeavesNobodyBehindAndTheNextSuccessorIsAnother() throws Exception {
        CommandChannel channel = new CommandChannel(new SuccessorCommand("exec " + java()), 1);
        TimeLimits limits = TimeLimits.of(name -> null);

        long first = new Update(channel, core, limits).plan().successor;
        long second = new Update(channel, core, limits).plan().successor;

        assertTrue(first != second);
        assertEquals(List.of(), successors());
        assertEquals(Set.of("pid-2", "pid-3"), names());
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("pid-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void aDirectoryWithABlankInItsNameCannotBePassedOn() throws Exception {
        core = new FakeHandover(handoverDirectory("two words"), Set.of(), false, null, () -> {});

        LiveUpdateException refusal =
                assertThrows(LiveUpdateException.class, () -> update("true", Map.of()).prepare());

        assertTrue(refusal.getMessage().contains("has a blank in it"), refusal::getMessage);
    }
}
