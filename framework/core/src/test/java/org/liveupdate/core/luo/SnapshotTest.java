package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** What the runtime DTO says about an orchestrator. */
class SnapshotTest {
    @TempDir
    Path directory;

    private static RuntimeDTO snapshot(Generation generation, FlbRuntime... unlinked) {
        RuntimeDTO dto = new RuntimeDTO();
        Snapshot.fill(generation.core, List.of(unlinked), dto);
        return dto;
    }

    private static ModuleDTO module(RuntimeDTO dto, String name) {
        return Arrays.stream(dto.modules).filter(module -> module.name.equals(name + " 1.0")).findFirst().orElseThrow();
    }

    @Test
    void anEmptyOrchestratorHasEmptyArraysAndNoNulls() throws Exception {
        try (Generation generation = Generation.first()) {
            RuntimeDTO dto = snapshot(generation);
            assertTrue(dto.enabled);
            assertEquals(0, dto.handlers.length + dto.flbs.length + dto.incoming.length + dto.sessions.length
                    + dto.modules.length + dto.refused.length);
        }
    }

    @Test
    void theOutgoingSideIsDescribedCompletely() throws Exception {
        try (Generation generation = Generation.first(Generation.SETTINGS, new Calls(), directory)) {
            HandlerRuntime handler = generation.handler("h", generation.flb("a"));
            generation.core.registry().declare(handler, List.of("a", "absent"));
            FlbRuntime unlinked = generation.flb("unlinked");
            generation.handler("k", generation.flb("b"));
            OutgoingSession session = generation.session("s");
            generation.preserve(session, 5, "k");
            FlbHandle<String> handle = generation.get("b", Side.OUTGOING);

            RuntimeDTO dto = snapshot(generation, unlinked);
            assertEquals(List.of("a", "b", "unlinked"),
                    Arrays.stream(dto.flbs).map(flb -> flb.compatible).toList());
            FlbDTO b = dto.flbs[1];
            assertEquals("b 1.0 PRESERVED", b.module + ' ' + b.state);
            assertEquals(List.of(1L, 1L, 1L, 1L, 1L, 0L),
                    List.of((long) b.links, b.files, b.handles, b.pages, b.preserved, b.unpreserved));
            assertEquals(generation.core.names().used().get(1).outgoing.data, b.data);
            HandlerDTO h = dto.handlers[0];
            assertEquals("h h 1.0 true 0", h.compatible + ' ' + h.module + ' ' + h.registered + ' ' + h.files);
            assertArrayEquals(new String[]{"a"}, h.flbs);
            assertArrayEquals(new String[]{"absent"}, h.missing);
            assertEquals("s OUTGOING true", dto.sessions[0].name + ' ' + dto.sessions[0].side + ' '
                    + dto.sessions[0].open);
            FileDTO file = dto.sessions[0].files[0];
            assertEquals("5 k PRESERVED 1", file.token + " " + file.compatible + ' ' + file.state + ' ' + file.pages);
            assertArrayEquals(new String[]{"b"}, file.flbs);
            assertEquals(2, module(dto, "b").references);
            assertArrayEquals(new String[]{"flb b (outgoing, 1 files)", "flb b (an open outgoing handle of test 1.0)"},
                    module(dto, "b").usedBy);
            assertArrayEquals(new String[]{"file 5 of outgoing session \"s\""}, module(dto, "k").usedBy);
            handle.close();
            generation.core.agents().close(session);
            assertEquals(1, snapshot(generation).flbs[1].unpreserved);
        }
    }

    @Test
    void aHandlerThatIsUnregisteredIsShownWhileFilesHoldIt() throws Exception {
        try (Generation generation = Generation.first()) {
            HandlerRuntime handler = generation.handler("h");
            OutgoingSession session = generation.session("s");
            generation.preserve(session, 1, "h");
            generation.core.registry().unregister(handler);
            RuntimeDTO dto = snapshot(generation);
            assertFalse(dto.handlers[0].registered);
            assertEquals(1, dto.handlers[0].files);
            generation.core.agents().close(session);
            assertEquals(0, snapshot(generation).handlers.length);
        }
    }

    @Test
    void theIncomingSideIsDescribedCompletely() throws Exception {
        Generation old = Generation.first(Generation.SETTINGS, new Calls(), directory);
        old.handler("h", old.flb("a"), old.flb("b"));
        OutgoingSession session = old.session("s");
        for (int token = 1; token <= 3; token++) {
            old.preserve(session, token, "h");
        }
        try (Generation next = old.kexec()) {
            assertEquals(List.of("WAITING", "WAITING", "WAITING"), states(snapshot(next)));
            next.handler("h", next.flb("a"), next.flb("b"));
            IncomingSession retrieved = next.incomingSession("s");
            next.core.agents().retrieve(retrieved, 2);
            next.calls.fail("h.retrieve", Errno.ENOMEM).fail("b.retrieve", Errno.EIO);
            assertErrno(Errno.ENOMEM, () -> next.core.agents().retrieve(retrieved, 3));
            assertErrno(Errno.EIO, () -> next.get("b", Side.INCOMING));
            FlbHandle<String> handle = next.get("a", Side.INCOMING);

            RuntimeDTO dto = snapshot(next);
            assertEquals(List.of("KNOWN", "RETRIEVED", "FAILED"), states(dto));
            assertEquals(1, dto.sessions[0].files[1].pages);
            assertTrue(dto.sessions[0].open);
            IncomingFlbDTO a = dto.incoming[0];
            assertEquals("a LIVE a 1.0", a.compatible + ' ' + a.state + ' ' + a.module);
            assertEquals(List.of(3L, 1L, 1L, 0L), List.of(a.files, a.handles, a.retrieved, a.finished));
            assertNull(a.failure);
            assertEquals("FAILED", dto.incoming[1].state);
            assertTrue(dto.incoming[1].failure.contains("b.retrieve"), dto.incoming[1].failure);
            assertArrayEquals(new String[]{"flb a (incoming, 3 files)", "flb a (an open incoming handle of test 1.0)"},
                    module(dto, "a").usedBy);
            assertEquals(2, module(dto, "a").references);
            assertEquals(List.of(), List.of(module(dto, "b").usedBy));
            handle.close();
            next.core.agents().close(retrieved);
            assertEquals(List.of("FINISHED", "FAILED"),
                    Arrays.stream(snapshot(next).incoming).map(flb -> flb.state).toList());
        }
    }

    private static List<String> states(RuntimeDTO dto) {
        return Arrays.stream(dto.sessions[0].files).map(file -> file.state).collect(Collectors.toList());
    }

    @Test
    void eachSnapshotIsACopyOfItsOwn() throws Exception {
        try (Generation generation = Generation.first()) {
            generation.handler("h", generation.flb("a"));
            RuntimeDTO first = snapshot(generation);
            first.handlers[0].flbs[0] = "changed";
            RuntimeDTO second = snapshot(generation);
            assertNotSame(first.handlers, second.handlers);
            assertEquals("a", second.handlers[0].flbs[0]);
        }
    }

    @Test
    void anIncomingFlbWithoutHandlesIsUsedByItsFilesOnly() throws Exception {
        Generation first = Generation.first();
        first.handler("h", first.flb("a"));
        first.preserve(first.session("s"), 1, "h");
        try (Generation next = first.kexec()) {
            next.handler("h", next.flb("a"));
            next.get("a", Side.INCOMING).close();
            assertArrayEquals(new String[]{"flb a (incoming, 1 files)"}, module(snapshot(next), "a").usedBy);
        }
    }
}
