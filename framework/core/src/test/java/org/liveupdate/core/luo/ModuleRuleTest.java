package org.liveupdate.core.luo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liveupdate.core.luo.Refusals.assertErrno;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;

/** When module references are held, by either rule. */
class ModuleRuleTest {
    private static Generation generation(ModuleRule rule) {
        return Generation.first(Generation.SETTINGS.withModuleRule(rule));
    }

    private static void assertReferences(Generation generation, int flb, int handler) {
        assertEquals(flb + " and " + handler, generation.references("a") + " and " + generation.references("h"));
    }

    @Test
    void inUseNothingIsHeldForRegistering() throws Exception {
        try (Generation generation = generation(ModuleRule.IN_USE)) {
            generation.handler("h", generation.flb("a"));
            assertReferences(generation, 0, 0);
            OutgoingSession session = generation.session("s");
            generation.preserve(session, 1, "h");
            generation.preserve(session, 2, "h");
            assertReferences(generation, 1, 2);
            FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
            assertReferences(generation, 2, 2);
            generation.core.agents().close(session);
            assertReferences(generation, 2, 0);
            handle.close();
            assertReferences(generation, 0, 0);
        }
    }

    @Test
    void registeredOneIsHeldFromTheFirstLinkToTheLastAndNoneForUse() throws Exception {
        try (Generation generation = generation(ModuleRule.REGISTERED)) {
            FlbRuntime a = generation.flb("a");
            HandlerRuntime handler = generation.handler("h", a);
            HandlerRuntime other = generation.handler("k", a);
            assertReferences(generation, 1, 1);
            OutgoingSession session = generation.session("s");
            generation.preserve(session, 1, "h");
            FlbHandle<String> handle = generation.get("a", Side.OUTGOING);
            assertReferences(generation, 1, 1);
            handle.close();
            generation.core.agents().close(session);
            generation.core.registry().unlink(handler, a);
            assertReferences(generation, 1, 1);
            generation.core.registry().unregister(other);
            assertReferences(generation, 0, 1);
            generation.core.registry().unregister(handler);
            assertReferences(generation, 0, 0);
        }
    }

    @Test
    void registeredIsTooLateOnceSessionsWereRead() throws Exception {
        try (Generation generation = generation(ModuleRule.REGISTERED)) {
            HandlerRuntime handler = generation.handler("h");
            generation.core.open();
            assertErrno(Errno.EBUSY, () -> generation.handler("k"));
            assertErrno(Errno.EBUSY, () -> generation.core.registry().link(handler, generation.flb("a")));
            assertErrno(Errno.EBUSY,
                    () -> generation.core.registry().link(generation.unregistered("unregistered"),
                            generation.flb("a")));
            assertErrno(Errno.EINVAL, () -> generation.core.registry().link(handler, generation.flb("")));
            assertReferences(generation, 0, 1);
        }
    }

    @Test
    void inUseRegisteringIsNeverTooLate() throws Exception {
        try (Generation generation = generation(ModuleRule.IN_USE)) {
            generation.core.open();
            generation.handler("h", generation.flb("a"));
        }
    }

    @Test
    void aModuleThatIsBuiltInIsNeverCounted() throws LiveUpdateException {
        for (ModuleRule rule : ModuleRule.values()) {
            Generation generation = generation(rule);
            Module builtIn = Module.builtIn("kernel");
            FlbRuntime flb = new FlbRuntime("a", new MockFlb("a", generation.calls), builtIn);
            generation.handler("h", flb);
            generation.preserve(generation.session("s"), 1, "h");
            generation.get("a", Side.OUTGOING);
            assertEquals(0, generation.core.owners().references(builtIn), rule.name());
        }
    }

    @Test
    void aReferenceThatWasNotTakenCannotBeGivenBack() {
        assertThrows(IllegalStateException.class, Module.of("m", "1.0", 1, Module.State.LIVE)::put);
    }
}
