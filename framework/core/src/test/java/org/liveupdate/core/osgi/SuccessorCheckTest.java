package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.LiveUpdateFactory.Instance;
import org.liveupdate.core.osgi.NoteHandler.Note;

/** What a successor says that it can read is compared with what it would get. */
class SuccessorCheckTest {
    @TempDir
    Path directory;
    private Instance core;

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        core = LiveUpdateFactory.find().create(directory, Map.of());
        LiveUpdate agent = core.agent("test").liveUpdate();
        NoteHandler handler = new NoteHandler();
        agent.registerHandler("note-v2", handler);
        agent.registerFlb(handler, "book-v2", new NothingFlb());
        agent.createSession("s").preserve(1, new Note("one"));
        agent.openSession("s").preserve(2, new Note("two"));
    }

    @AfterEach
    void end() throws IOException {
        core.close();
    }

    private List<String> lostWithout(String capability) {
        List<String> all = core.handover().capabilities();
        assertTrue(all.contains(capability), () -> capability + " is not in " + all);
        return core.handover().check(all.stream().filter(each -> !each.equals(capability)).toList());
    }

    @Test
    void aSuccessorThatReadsAllGetsAll() {
        assertEquals(List.of(), core.handover().check(core.handover().capabilities()));
    }

    @Test
    void aSuccessorOfAnotherVersionMayReadMore() {
        List<String> more = new ArrayList<>(core.handover().capabilities());
        more.addAll(List.of("format luo-v2", "handler note-v3", "flb book-v3"));
        assertEquals(List.of(), core.handover().check(more));
    }

    @Test
    void anOlderHandlerOrFlbLosesTheFilesThatDependOnIt() {
        assertEquals(List.of("the successor has no handler note-v2: the 2 files that depend on it would wait until its "
                + "bundle is installed there"), lostWithout("handler note-v2"));
        assertEquals(List.of("the successor has no flb book-v2: the 2 files that depend on it would wait until its "
                + "bundle is installed there"), lostWithout("flb book-v2"));
    }

    @Test
    void aProviderOfAnotherBundleIsNamedWithBothBundles() {
        assertEquals(
                List.of("the successor's handler note-v2 belongs to other, and test preserved it: the 2 files that "
                        + "depend on it would be refused (EPERM) until that bundle is installed there, or "
                        + "liveupdate.ownership=any is set"),
                core.handover().check(replaced("owner handler note-v2 test", "owner handler note-v2 other")));
    }

    @Test
    void aSuccessorThatSaysNothingOfOwnersIsAskedNothing() {
        assertEquals(List.of(), lostWithout("owner handler note-v2 test"));
    }

    @Test
    void whereAnybodyMayTakeOverNoOwnerIsNamed() throws Exception {
        core.close();
        core = LiveUpdateFactory.find().create(directory, Map.of("liveupdate.ownership", "any"));
        core.agent("test").liveUpdate().registerHandler("note-v2", new NoteHandler());
        List<String> all = core.handover().capabilities();
        assertTrue(all.contains("handler note-v2"), all::toString);
        assertTrue(all.stream().noneMatch(each -> each.startsWith("owner")), all::toString);
    }

    private List<String> replaced(String capability, String by) {
        return core.handover().capabilities().stream().map(each -> each.equals(capability) ? by : each).toList();
    }

    @Test
    void anOlderCoreThatDoesNotReadAFormatIsNamedWithIt() {
        for (String format : List.of("luo-v1", "luo-flb-v1", "liveupdate-session-v1", "liveupdate-kho-v2")) {
            assertEquals(List.of("the successor does not read format " + format + ", which this generation writes"),
                    lostWithout("format " + format));
        }
    }

    @Test
    void formatsThatAreOnlyReadNeedNoReader() {
        assertEquals(List.of(), lostWithout("format liveupdate-kho-v1"));
    }
}
