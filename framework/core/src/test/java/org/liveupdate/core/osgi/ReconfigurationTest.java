package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;

/** A configuration is applied to the running core as a whole, or not at all. */
class ReconfigurationTest {
    private static final Map<String, String> PROPERTIES = Map.of("liveupdate.detach.timeout", "500");

    private final List<Event> events = new ArrayList<>();
    private final Configuration started = new Configuration(PROPERTIES::get);
    private final Orchestrator core = new Orchestrator(started.settings(), events::add);
    private final Reconfiguration reconfiguration =
            new Reconfiguration(core, new Whiteboard(core), PROPERTIES::get, started);

    private String inEffect(String name) {
        return reconfiguration.current().toMap().get("liveupdate." + name);
    }

    private Event last() {
        return events.get(events.size() - 1);
    }

    private void link(String... flbs) throws LiveUpdateException {
        Module module = Module.of("m", "1", 1, Module.State.LIVE);
        HandlerRuntime handler = new HandlerRuntime("h", new NoteHandler(), module);
        core.registry().register(handler);
        for (String name : flbs) {
            core.registry().link(handler, new FlbRuntime(name, new NothingFlb(), module));
        }
    }

    @Test
    void deadlinesAndTheLimitAreAppliedAtOnceAndWrittenDown() {
        reconfiguration.apply(Map.of("liveupdate.callback.timeout", 5000, "liveupdate.flb.max", "7"));
        assertEquals(List.of("5000", "7", "500"),
                List.of(inEffect("callback.timeout"), inEffect("flb.max"), inEffect("detach.timeout")));
        assertEquals(EventId.CONFIGURED, last().id());
        assertTrue(last().text().contains("liveupdate.flb.max from 63 to 7"), last()::text);
    }

    @Test
    void whatIsNoLongerConfiguredIsAsThePropertiesHaveIt() {
        reconfiguration.apply(Map.of("liveupdate.detach.timeout", 900));
        assertEquals("900", inEffect("detach.timeout"));
        reconfiguration.apply(Map.of());
        assertEquals("500", inEffect("detach.timeout"));
    }

    @Test
    void aWrongValueIsRefusedWithTheAllowedRangeAndNothingOfItIsApplied() {
        reconfiguration.apply(Map.of("liveupdate.detach.timeout", 900, "liveupdate.flb.max", 64));
        assertEquals("500", inEffect("detach.timeout"));
        assertEquals(EventId.CONFIGURATION_REFUSED, last().id());
        assertTrue(last().text().contains("liveupdate.flb.max is a number from 1 to 63, not \"64\""), last()::text);
    }

    @Test
    void aLimitBelowWhatIsInUseIsRefused() throws LiveUpdateException {
        link("a", "b", "c");
        reconfiguration.apply(Map.of("liveupdate.flb.max", 2));
        assertEquals("EBUSY", last().result());
        assertEquals("63", inEffect("flb.max"));
        reconfiguration.apply(Map.of("liveupdate.flb.max", 3));
        assertEquals("3", inEffect("flb.max"));
        assertEquals(Errno.ENOSPC, assertThrows(LiveUpdateException.class, () -> core.registry().link(
                core.registry().handlers().iterator().next(),
                new FlbRuntime("d", new NothingFlb(), Module.of("m", "1", 1, Module.State.LIVE)))).errno());
    }

    @Test
    void whatNeedsAStartSaysSoAndStaysAsItWas() {
        reconfiguration.apply(Map.of("liveupdate.enabled", false, "liveupdate.module.rule", "registered"));
        assertEquals(List.of("true", "in-use"), List.of(inEffect("enabled"), inEffect("module.rule")));
        assertEquals(EventId.NEEDS_RESTART, last().id());
        assertTrue(core.enabled());
    }

    @Test
    void exclusiveUseIsRefusedWhileSeveralUseSessions() throws LiveUpdateException {
        core.device().open("one", "one");
        core.device().open("two", "two");
        reconfiguration.apply(Map.of("liveupdate.exclusive", true, "liveupdate.detach.timeout", 900));
        assertEquals("EBUSY", last().result());
        assertEquals(List.of("false", "500"), List.of(inEffect("exclusive"), inEffect("detach.timeout")));
        core.device().close("one");
        reconfiguration.apply(Map.of("liveupdate.exclusive", true));
        assertEquals(Errno.EBUSY,
                assertThrows(LiveUpdateException.class, () -> core.device().open("three", "three")).errno());
    }

    @Test
    void whoMayTakeOverIsAppliedAtOnceToARunningCore() throws LiveUpdateException {
        link("a");
        core.start();
        reconfiguration.apply(Map.of("liveupdate.ownership", "any", "liveupdate.callback.timeout", 60));
        assertEquals("any", inEffect("ownership"));
        core.stop();
    }

    @Test
    void theSameConfigurationAgainChangesNothing() {
        reconfiguration.apply(Map.of("liveupdate.detach.timeout", 500));
        assertEquals(List.of(), events);
    }
}
