package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A guest is preserved, all providers are stopped in one order and started in another, and it is whole again. A sample of
 * all orders, another one each time; {@code -Dliveupdate.order.seed} repeats one.
 */
@ExtendWith(SwitchedOn.class)
@OsgiTest(GuestBundles.class)
class ProvidersInAnyOrderIT {
    private static final int NUMBER = Integer.getInteger("liveupdate.order.count", 24);
    private static final long SEED = Long.getLong("liveupdate.order.seed", System.nanoTime() >>> 20);
    private static final String SEPARATOR = " ";
    private static final List<String> PROVIDERS = List.of("memfd", "hugetlb", "kvm", "iommu", "pci", "vfio");
    private static final FlbKey<HugePages> COUNTERS = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);
    /** Of the shared huge memfd and of the guest's private memory. */
    private static final int HUGE_PAGES = SmallGuest.SHARED_HUGE_PAGES + 1;

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    BundleContext context;

    private Session session;
    private SmallGuest guest;

    static Stream<Arguments> orders() {
        System.out.println("provider orders: " + NUMBER + " with -Dliveupdate.order.seed=" + SEED);
        Random random = new Random(SEED);
        return Permutations.sample(PROVIDERS, NUMBER, random).stream().map(start -> {
            List<String> stop = new ArrayList<>(PROVIDERS);
            Collections.shuffle(stop, random);
            return Arguments.of(String.join(SEPARATOR, stop), String.join(SEPARATOR, start));
        });
    }

    @BeforeEach
    void preserveAGuest() throws Exception {
        for (String provider : PROVIDERS) {
            bundle(provider).start();
        }
        guest = SmallGuest.create(context, SEED);
        session = liveUpdate.createSession("guest");
        guest.preserve(session);
    }

    @AfterEach
    void noPageIsLeft() throws Exception {
        session.close();
        guest.attach();
        guest.close();
        for (String provider : PROVIDERS) {
            bundle(provider).stop();
        }
        assertEquals(0, runtime.getRuntimeDTO().memory.usedPages);
    }

    @ParameterizedTest(name = "{index}: stopped as {0}, started as {1}")
    @MethodSource("orders")
    void theGuestIsWholeWhenAllProvidersAreBack(String stop, String start) throws Exception {
        long pages = runtime.getRuntimeDTO().memory.usedPages;
        List<Long> tokens = session.tokens();
        List<Translation> translations = translations();
        List<AutoCloseable> before = guest.parts();

        for (String provider : stop.split(SEPARATOR)) {
            bundle(provider).stop();
        }
        assertAll("DETACHED");
        for (String provider : start.split(SEPARATOR)) {
            bundle(provider).start();
        }

        assertAll("PRESERVED");
        assertEquals(tokens, session.tokens());
        guest = SmallGuest.of(session);
        for (int token = 0; token < before.size(); token++) {
            assertNotSame(before.get(token), guest.parts().get(token));
        }
        guest.requireMemory(SEED);
        guest.requireDma();
        assertEquals(translations, translations());
        try (FlbHandle<HugePages> counters = liveUpdate.getOutgoing(COUNTERS)) {
            assertEquals(HUGE_PAGES, counters.get().pages(SmallGuest.HUGE_PAGE));
        }
        assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
    }

    private List<Translation> translations() throws Exception {
        return guest.translations(context.getService(context.getServiceReference(IommuCore.class)));
    }

    private void assertAll(String state) {
        FlbDTO[] flbs = runtime.getRuntimeDTO().flbs;
        assertEquals(List.of("hugetlb-v1 " + state, "iommu-liveupdate " + state, "pci " + state),
                Arrays.stream(flbs).map(flb -> flb.compatible + ' ' + flb.state).sorted().toList());
        for (FileDTO file : runtime.getRuntimeDTO().sessions[0].files) {
            assertEquals(state, file.state, file::toString);
        }
    }

    private Bundle bundle(String provider) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.liveupdate.providers." + provider)).findFirst()
                .orElseThrow();
    }
}
