package org.liveupdate.core.luo;

import static org.liveupdate.core.luo.Linearizability.result;

import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The registry under two threads: every outcome is one that some order of the calls explains. */
@Param(name = "handler", gen = IntGen.class, conf = "0:1")
@Param(name = "flb", gen = IntGen.class, conf = "0:2")
public class RegistryLincheckTest {
    private final Orchestrator core = new Orchestrator(
            Settings.DEFAULT.withFlbLimit(1).withModuleRule(ModuleRule.REGISTERED), text -> {});
    private final Calls calls = new Calls();
    private final Module module = Module.of("provider", "", 1, Module.State.LIVE);
    private final List<HandlerRuntime> handlers = List.of(handler("h"), handler("h"));
    private final List<FlbRuntime> flbs = List.of(flb("a"), flb("a"), flb("b"));

    private HandlerRuntime handler(String name) {
        return new HandlerRuntime(name, new MockHandler(name, calls), module);
    }

    private FlbRuntime flb(String name) {
        return new FlbRuntime(name, new MockFlb(name, calls), module);
    }

    @Operation
    public String register(@Param(name = "handler") int handler) {
        return result(() -> {
            core.registry().register(handlers.get(handler));
            return "registered";
        });
    }

    @Operation
    public void unregister(@Param(name = "handler") int handler) {
        core.registry().unregister(handlers.get(handler));
    }

    @Operation
    public String link(@Param(name = "handler") int handler, @Param(name = "flb") int flb) {
        return result(() -> {
            core.registry().link(handlers.get(handler), flbs.get(flb));
            return "linked";
        });
    }

    @Operation
    public void unlink(@Param(name = "handler") int handler, @Param(name = "flb") int flb) {
        core.registry().unlink(handlers.get(handler), flbs.get(flb));
    }

    @Operation
    public int references() {
        return core.owners().references(module);
    }

    @Operation
    public void going() {
        core.owners().moduleState(module, Module.State.GOING);
    }

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(RegistryLincheckTest.class);
    }

    @Test
    void isLinearizableWhereverThreadsSwitch() {
        Linearizability.modelCheck(RegistryLincheckTest.class, 15);
    }
}
