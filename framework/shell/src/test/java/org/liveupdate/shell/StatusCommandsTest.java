package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.shell.text.Samples;

/** The commands that only look, typed as a person would. */
class StatusCommandsTest {
    private final RuntimeDTO core = Samples.core();
    private final Gogo gogo = new Gogo(new StatusCommands(() -> core));

    @BeforeEach
    void fill() {
        core.handlers = new HandlerDTO[]{Samples.handler("memfd-v1", "memfd 1.0.0", 1, "pool")};
        core.flbs = new FlbDTO[]{Samples.flb("pool", "pool 1.0.0", "PRESERVED", 1)};
        core.sessions = new SessionDTO[]{Samples.session("OUTGOING", "a", Samples.file(1, "memfd-v1", "PRESERVED")),
                Samples.session("INCOMING", "b", Samples.file(7, "memfd-v1", "KNOWN"))};
        core.modules = new ModuleDTO[]{Samples.module(3, "memfd 1.0.0", "file 1 of session \"a\"")};
        core.memory = new MemoryDTO();
        core.memory.file = "/handover/memory";
        core.history = new EventDTO[]{Samples.event("LU0001", "START", "started"),
                Samples.event("LU0302", "CALLBACK", "preserve failed")};
        CallbackDTO quick = new CallbackDTO();
        core.callbacks = new CallbackDTO[]{quick, Samples.slow("preserve", "pool", "pool 1.0.0")};
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "flbs", "handlers", "sessions", "files", "files b", "modules", "memory", "history",
                    "log"})
    void everyCommandPrintsOneJsonValueWhenAsked(String command) throws Exception {
        JsonElement json = JsonParser.parseString((String) gogo.run("liveupdate:" + command + " --json"));

        assertTrue(json.isJsonArray() || json.isJsonObject(), json::toString);
        String[] words = command.split(" ");
        assertEquals(json, JsonParser.parseString((String) gogo.run(
                "liveupdate:" + words[0] + " --json" + (words.length > 1 ? ' ' + words[1] : ""))));
    }

    @Test
    void dataIsReturnedForScripts() throws Exception {
        assertEquals("b", ((SessionDTO[]) gogo.run("liveupdate:sessions"))[1].name);
        assertEquals("RUNNING", ((RuntimeDTO) gogo.run("liveupdate:status")).phase);
    }

    @Test
    void tablesAreShownToPeople() throws Exception {
        assertEquals("""
                session  side      token  handler   state      flbs  pages  note
                a        outgoing      1  memfd-v1  PRESERVED            0
                b        incoming      7  memfd-v1  KNOWN                0""", gogo.shown("liveupdate:files"));
        assertTrue(gogo.shown("liveupdate:flbs").contains("pool  outgoing  PRESERVED"), gogo.shown("liveupdate:flbs"));
        assertTrue(gogo.shown("liveupdate:modules").contains("used by"), gogo.shown("liveupdate:modules"));
    }

    @Test
    void historyIsAboutUpdatesAndTheLogAboutEverything() throws Exception {
        assertTrue(gogo.shown("liveupdate:history").contains("started"));
        assertTrue(!gogo.shown("liveupdate:history").contains("preserve failed"));
        String log = gogo.shown("liveupdate:log");
        assertTrue(log.contains("LU0302") && log.contains("preserve failed"), log);
        assertTrue(log.contains("slow: preserve of pool in bundle pool 1.0.0 has been running for 5000 ms in thread "
                + "\"worker\"\n    at p.Pool.wait(Pool.java:7)"), log);
    }

    @Test
    void anUnknownSessionIsAnsweredWithThoseThatAre() {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, () -> gogo.run("liveupdate:files c"));

        assertEquals("ENOENT: there is no session c; there is a, b", refusal.getMessage());
    }
}
