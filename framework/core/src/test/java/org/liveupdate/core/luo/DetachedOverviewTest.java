package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** What is seen from outside of what is detached, and of who uses what. */
class DetachedOverviewTest {
    @TempDir
    private Path directory;
    private Generation generation;
    private Provider provider;
    private OutgoingSession session;

    @BeforeEach
    void preserveFiveFiles() throws IOException, LiveUpdateException {
        generation = Generation.first(Settings.DEFAULT, new Calls(), directory);
        provider = new Provider(generation, "p", "v1").register();
        session = generation.session("s");
        for (long token = 1; token <= 5; token++) {
            generation.preserve(session, token, "h");
        }
    }

    @AfterEach
    void end() throws IOException {
        generation.close();
    }

    private RuntimeDTO snapshot() {
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(generation.core, List.of(), dto);
        return dto;
    }

    private static List<String> states(RuntimeDTO dto) {
        return Arrays.stream(dto.sessions[0].files).map(file -> file.state).distinct().toList();
    }

    @Test
    void whatIsDetachedSaysSoAndKeepsNobody() {
        provider.stop();
        RuntimeDTO dto = snapshot();
        assertEquals(List.of("DETACHED"), states(dto));
        assertEquals("DETACHED", dto.flbs[0].state);
        assertTrue(dto.flbs[0].detached.contains("detached since"), dto.flbs[0].detached);
        assertEquals(0, dto.handlers.length);
        assertEquals(0, dto.modules[0].usedBy.length);
    }

    @Test
    void whatWasHandedOverAndIsDetachedSaysSoToo() throws LiveUpdateException, IOException {
        generation = generation.kexec();
        Provider next = new Provider(generation, "p", "v2").register();
        IncomingSession incoming = generation.incomingSession("s");
        for (long token = 1; token <= 5; token++) {
            generation.core.agents().retrieve(incoming, token);
        }
        generation.get("a", Side.INCOMING).close();
        next.stop();
        RuntimeDTO dto = snapshot();
        assertEquals(List.of("DETACHED"), states(dto));
        assertEquals("DETACHED", dto.incoming[0].state);
        new Provider(generation, "p", "v3").register();
        assertEquals(List.of("RETRIEVED"), states(snapshot()));
    }

    @Test
    void manyFilesAreNotAllNamed() {
        LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK,
                () -> generation.core.owners().beginUnload(provider.module));
        assertTrue(refusal.getMessage().contains("5 files [1, 2, 3] and more"), refusal.getMessage());
    }

    @Test
    void aModuleThatIsPinnedByItsRegistrationsSaysHowToLetItGo() throws LiveUpdateException, IOException {
        try (Generation pinned = Generation.first(Settings.DEFAULT.withModuleRule(ModuleRule.REGISTERED))) {
            Provider registered = new Provider(pinned, "p", "v1").register();
            LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK,
                    () -> pinned.core.owners().beginUnload(registered.module));
            assertTrue(refusal.getMessage().contains("explicitly unregistered"), refusal.getMessage());
        }
    }

    @Test
    void onlyWhatABundleItselfHasLeavesWithIt() throws LiveUpdateException, IOException {
        HandlerRuntime other = generation.handler("k", generation.flb("b"));
        generation.preserve(session, 6, "k");
        generation.core.owners().leave(generation.module("nobody"));
        assertEquals(1, other.files());
        provider.stop();
        generation.core.owners().leave(generation.module("nobody"));
        assertEquals(1, other.files());
        generation.core.owners().leave(other.module());
        assertTrue(other.isGone());
    }

    @Test
    void withoutHandoverMemoryACoreIsResumedAllTheSame() throws LiveUpdateException, IOException {
        Generation first = Generation.first(Settings.DEFAULT);
        new Provider(first, "p", "v1").register();
        first.preserve(first.session("s"), 1, "h");
        try (Generation next = first.restart()) {
            Provider back = new Provider(next, "p", "v2").register();
            assertEquals(2, back.references());
            next.core.agents().close(next.core.agents().openSession("s"));
            Balance.assertNothingIsHeld(next);
        }
    }
}
