package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.shell.text.SessionFile;

/** Sessions by hand, on a core that keeps files in a map. */
class SessionCommandsTest {
    private final FakeSessions core = new FakeSessions();
    private final Gogo gogo = new Gogo(new SessionCommands(core.service(), core::snapshot)).with("file", core);

    @AfterEach
    void close() {
        gogo.close();
    }

    private String refused(String line) {
        return assertThrows(LiveUpdateException.class, () -> gogo.run("liveupdate:" + line)).getMessage();
    }

    @Test
    void anObjectIsPreservedAndFoundAgainUnderItsToken() throws Exception {
        assertTrue(gogo.shown("liveupdate:create a").contains("a        outgoing"));

        SessionFile file = (SessionFile) gogo.run("liveupdate:preserve a 7 $file");

        assertEquals("a", file.session());
        assertEquals(7, file.file().token);
        assertSame(core, core.file(Side.OUTGOING, "a", 7));
    }

    @Test
    void aSessionThatSomebodyClosedMeanwhileIsFoundAgainByItsName() throws Exception {
        gogo.run("liveupdate:create a");
        core.closeBehindTheBack("a");
        core.create("a");

        gogo.run("liveupdate:preserve a 7 $file");

        assertSame(core, core.file(Side.OUTGOING, "a", 7));
    }

    @Test
    void aPathNeedsAProviderOfMemfds() throws Exception {
        gogo.run("liveupdate:create a");
        assertTrue(refused("preserve a 1 pom.xml").startsWith("ENODEV: "));
    }

    @Test
    void retrievingTakesTheSessionOnceAndKeepsItFromCommandToCommand() throws Exception {
        core.handOver("in", 3, "content");

        SessionFile[] files = (SessionFile[]) gogo.run("liveupdate:retrieve in");
        Object file = gogo.run("liveupdate:retrieve in 3");

        assertEquals(3, files[0].file().token);
        assertEquals("content", file);
        assertEquals(1, core.taken);
        assertEquals("incoming session \"in\" is finished", gogo.run("liveupdate:finish in"));
        assertEquals("ENOENT: there is no incoming session in, and no other", refused("finish in"));
    }

    @Test
    void whatNobodyHasRetrievedIsGivenUpOnlyWhenConfirmed() throws Exception {
        core.handOver("in", 3, "content");

        assertTrue(refused("finish in").contains("give --yes"));
        assertEquals("finish gives up 1 file of session \"in\" that nobody has retrieved\n", gogo.printed());
        assertEquals("incoming session \"in\" is finished", gogo.run("liveupdate:close --yes in"));
    }

    @Test
    void aSessionWithFilesIsClosedOnlyWhenConfirmed() throws Exception {
        gogo.run("liveupdate:create a");
        gogo.run("liveupdate:preserve a 7 $file");

        assertTrue(refused("close a").startsWith("EPERM: nothing was done"));
        assertSame(core, core.file(Side.OUTGOING, "a", 7));
        assertEquals("outgoing session \"a\" is closed", gogo.run("liveupdate:close a --yes"));
        assertEquals("ENOENT: there is no outgoing session a, and no other", refused("preserve a 1 $file"));
    }

    @Test
    void anEmptySessionIsClosedWithoutAQuestion() throws Exception {
        gogo.run("liveupdate:create a");
        assertEquals("outgoing session \"a\" is closed", gogo.run("liveupdate:close a"));
    }

    @Test
    void aFileOrAnFlbIsDiscardedOnlyWhenConfirmed() throws Exception {
        core.handOver("in", 3, "content");
        core.incoming.add("pool");

        assertTrue(refused("discard in 3").contains("give --yes"));
        assertTrue(refused("discard pool").contains("give --yes"));
        assertEquals("content", core.file(Side.INCOMING, "in", 3));

        assertEquals("file 3 of session \"in\" is discarded", gogo.run("liveupdate:discard --yes in 3"));
        assertEquals("FLB pool is discarded", gogo.run("liveupdate:discard --yes pool"));
        assertNull(core.file(Side.INCOMING, "in", 3));
        assertTrue(core.incoming.isEmpty());
    }

    @Test
    void unknownNamesAreAnsweredWithThoseThatAre() throws Exception {
        gogo.run("liveupdate:create a");
        core.handOver("in", 3, "content");

        assertEquals("ENOENT: there is no outgoing session b; there is a", refused("preserve b 1 $file"));
        assertEquals("ENOENT: there is no file in session \"in\" with the token 9; there is 3",
                refused("retrieve in 9"));
        assertEquals("ENOENT: there is no session c; there is a, in", refused("close c"));
        assertEquals("ENOENT: there is no handed-over FLB pool, and no other", refused("discard pool"));
    }
}
