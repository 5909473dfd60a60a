package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Provider bundles deployed into, used in, and removed from the running framework. */
@OsgiTest(CoreBundles.class)
class ProvidersComeAndGoIT {
    private static final FlbKey<String> POOL = new FlbKey<>("pool-v1", String.class);

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    BundleContext context;

    @Test
    void aProviderBundleDeployedIntoTheRunningFrameworkIsUsableAtOnce() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.provider");
                Session session = liveUpdate.createSession("deployed")) {
            assertErrno(Errno.ENOENT, () -> session.preserve(1, new TextFile("a", 1)));
            CountingFlb flb = new CountingFlb();
            provider.flb("pool-v1", flb);
            provider.handler("a-v1", new TextHandler("a"), "pool-v1");

            session.preserve(1, new TextFile("a", 1));

            assertEquals(1, flb.preserved.get());
            assertEquals("PRESERVED", flb("pool-v1").state);
        }
    }

    @Test
    void theFlbIsPreservedOnceForFilesOfTwoHandlersInTwoSessionsAndUnpreservedWithTheLast() throws Exception {
        CountingFlb flb = new CountingFlb();
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.pool");
                ProviderBundle first = ProviderBundle.deploy(context, "test.first");
                ProviderBundle second = ProviderBundle.deploy(context, "test.second")) {
            first.handler("a-v1", new TextHandler("a"), "pool-v1");
            second.handler("b-v1", new TextHandler("b"), "pool-v1");
            provider.flb("pool-v1", flb);
            Session one = liveUpdate.createSession("one");
            Session two = liveUpdate.createSession("two");
            one.preserve(1, new TextFile("a", 1));
            one.preserve(2, new TextFile("b", 2));
            two.preserve(1, new TextFile("a", 3));
            two.preserve(2, new TextFile("b", 4));

            assertEquals(1, flb.preserved.get());
            assertEquals(4, flb("pool-v1").files);
            one.close();
            assertEquals(2, flb("pool-v1").files);
            assertEquals(0, flb.unpreserved.get());
            two.close();
            assertEquals(1, flb.unpreserved.get());
            assertEquals("IDLE", flb("pool-v1").state);
        }
    }

    @Test
    void aSecondBundleWithTheSameCompatibleStringIsRefusedWithEexistAndListedAndTakesOverWhenTheNameIsFree()
            throws Exception {
        ProviderBundle first = ProviderBundle.deploy(context, "test.first");
        try (ProviderBundle second = ProviderBundle.deploy(context, "test.second")) {
            ServiceRegistration<?> registered = first.handler("a-v1", new TextHandler("a"), "pool-v1");
            first.flb("pool-v1", new CountingFlb());
            second.handler("a-v1", new TextHandler("a"));
            second.flb("pool-v1", new CountingFlb());

            List<RefusedDTO> refused = refused("test.second");
            assertEquals(List.of("FLB EEXIST", "HANDLER EEXIST"),
                    refused.stream().map(dto -> dto.kind + " " + dto.errno).sorted().toList());
            for (RefusedDTO dto : refused) {
                assertTrue(dto.reason.contains("test.first"), dto.reason);
            }

            registered.unregister();
            first.close();
            assertEquals(List.of(), refused("test.second"));
            assertEquals("test.second 1.0.0", flb("pool-v1").module);
        }
    }

    @Test
    void theSixtyFourthFlbIsRefusedWithEnospcAndGetsThePlaceOfOneThatLeaves() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.many")) {
            String[] names = new String[LiveUpdateConstants.LUO_FLB_MAX + 1];
            Arrays.setAll(names, i -> "flb-" + i);
            provider.handler("a-v1", new TextHandler("a"), names);
            List<ServiceRegistration<?>> registrations = new ArrayList<>();
            for (String name : names) {
                registrations.add(provider.flb(name, new CountingFlb()));
            }

            List<RefusedDTO> refused = refused("test.many");
            assertEquals(1, refused.size());
            assertEquals("ENOSPC", refused.get(0).errno);
            assertEquals("flb-63", refused.get(0).compatible);
            assertTrue(refused.get(0).reason.contains("63"), refused.get(0).reason);

            registrations.get(5).unregister();
            assertEquals(List.of(), refused("test.many"));
        }
    }

    @Test
    void uninstallingAnIdleProviderWorksAndFreesTheName() throws Exception {
        ProviderBundle provider = ProviderBundle.deploy(context, "test.idle");
        provider.handler("a-v1", new TextHandler("a"), "pool-v1");
        provider.flb("pool-v1", new CountingFlb());
        provider.bundle().uninstall();

        assertTrue(Arrays.stream(runtime.getRuntimeDTO().flbs).noneMatch(dto -> dto.compatible.equals("pool-v1")));
        try (ProviderBundle next = ProviderBundle.deploy(context, "test.next")) {
            next.handler("a-v1", new TextHandler("a"), "pool-v1");
            next.flb("pool-v1", new CountingFlb());
            assertEquals(List.of(), refused("test.next"));
            assertEquals("test.next 1.0.0", flb("pool-v1").module);
        }
    }

    @Test
    void theModuleReferenceIsHeldExactlyWhileTheFlbIsInUse() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.pool");
                ProviderBundle handlers = ProviderBundle.deploy(context, "test.handlers")) {
            provider.flb("pool-v1", new CountingFlb());
            handlers.handler("a-v1", new TextHandler("a"), "pool-v1");
            assertEquals(0, references("test.pool"));
            Session session = liveUpdate.createSession("references");
            session.preserve(1, new TextFile("a", 1));
            session.preserve(2, new TextFile("a", 2));
            assertEquals(1, references("test.pool"));
            assertEquals(2, references("test.handlers"));
            try (FlbHandle<String> handle = liveUpdate.getOutgoing(POOL)) {
                assertEquals("object 1", handle.get());
                assertEquals(2, references("test.pool"));
            }
            assertEquals(1, references("test.pool"));
            session.close();
            assertEquals(0, references("test.pool"));
            assertEquals(0, references("test.handlers"));
        }
    }

    @Test
    void aFileIsNotPreservedWhileAnFlbThatItsHandlerDeclaresIsMissing() throws Exception {
        try (ProviderBundle provider = ProviderBundle.deploy(context, "test.half");
                Session session = liveUpdate.createSession("half")) {
            provider.handler("a-v1", new TextHandler("a"), "pool-v1", "other-v1");
            provider.flb("pool-v1", new CountingFlb());

            LiveUpdateException refusal = assertErrno(Errno.ENODEV, () -> session.preserve(1, new TextFile("a", 1)));
            assertTrue(refusal.getMessage().contains("other-v1"), refusal.getMessage());
            assertEquals("IDLE", flb("pool-v1").state);
        }
    }

    private FlbDTO flb(String compatible) {
        return Arrays.stream(runtime.getRuntimeDTO().flbs).filter(dto -> dto.compatible.equals(compatible)).findFirst()
                .orElseThrow();
    }

    private List<RefusedDTO> refused(String module) {
        return Arrays.stream(runtime.getRuntimeDTO().refused).filter(dto -> dto.module.startsWith(module + " "))
                .toList();
    }

    private long references(String module) {
        for (ModuleDTO dto : runtime.getRuntimeDTO().modules) {
            if (dto.name.startsWith(module + " ")) {
                return dto.references;
            }
        }
        throw new AssertionError("no module " + module);
    }

    private static LiveUpdateException assertErrno(Errno errno, org.junit.jupiter.api.function.Executable call) {
        LiveUpdateException exception = assertThrows(LiveUpdateException.class, call);
        assertEquals(errno, exception.errno(), exception.getMessage());
        return exception;
    }
}
