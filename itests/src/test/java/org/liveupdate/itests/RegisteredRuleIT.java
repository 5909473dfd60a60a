package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.itests.Outcomes.assertErrno;
import static org.liveupdate.itests.Outcomes.references;
import static org.liveupdate.itests.Outcomes.refused;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** References from registering to unregistering: the rule of the kernel's first version. */
@OsgiTest(RegisteredRuleIT.Configured.class)
class RegisteredRuleIT {
    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    BundleContext context;

    /** The core with that rule. */
    public static final class Configured implements Supplier<Option[]> {
        @Override
        public Option[] get() {
            return OptionUtils.combine(new CoreBundles().get(),
                    frameworkProperty("liveupdate.module.rule").value("registered"));
        }
    }

    /** What would unregister is the bundle's stop, which is what the references are to prevent. */
    @Test
    void aBundlePinsItselfFromRegisteringToExplicitUnregistering() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.pinned");
                ProviderBundle late = ProviderBundle.deploy(context, "test.late")) {
            provider.flb("pool-v1", new CountingFlb());
            ServiceRegistration<?> handler = provider.handler("a-v1", new TextHandler("a"), "pool-v1");
            assertEquals(2, references(runtime, "test.pinned"));
            LiveUpdateException refusal = assertErrno(Errno.EWOULDBLOCK,
                    () -> modules.unload(provider.bundle(), false));
            assertTrue(refusal.getMessage().contains("2 references"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("liveupdate.module.rule=registered"), refusal.getMessage());

            try (Session session = liveUpdate.createSession("s")) {
                session.preserve(1, new TextFile("a", 1));
                assertEquals(2, references(runtime, "test.pinned"), "none for use");
            }
            late.handler("late-v1", new TextHandler("late"));
            assertEquals(List.of("HANDLER late-v1 EBUSY"), refused(runtime, "test.late"));

            handler.unregister();
            assertEquals(0, references(runtime, "test.pinned"));
            modules.unload(provider.bundle(), false);
        }
    }
}
