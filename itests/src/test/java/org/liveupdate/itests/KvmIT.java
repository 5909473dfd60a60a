package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.hugetlb.HugePagePool;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.KvmFactory;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A preserved machine with memory of both kinds, while the bundles that it depends on are replaced. */
@OsgiTest(KvmBundles.class)
class KvmIT {
    private static final String KVM = "org.liveupdate.providers.kvm";
    private static final String HUGETLB = "org.liveupdate.providers.hugetlb";
    private static final int HUGE_PAGE = 2 << 20;
    private static final int HUGE_PAGES = 2;
    private static final int SMALL_BYTES = 16 << 12;
    /** Guest memory on huge pages comes first, on small pages behind it. */
    private static final byte[] BYTES = new byte[HUGE_PAGES * HUGE_PAGE + SMALL_BYTES];

    static {
        new Random(1).nextBytes(BYTES);
    }

    @OsgiService
    LiveUpdate liveUpdate;
    @OsgiService
    LiveUpdateRuntime runtime;
    @OsgiService
    Modules modules;
    @OsgiService
    KvmFactory kvm;
    BundleContext context;

    private Session session;
    private long pages;
    private long freeHugePages;

    @BeforeEach
    void preserveAMachine() throws Exception {
        pages = runtime.getRuntimeDTO().memory.usedPages;
        freeHugePages = freeHugePages();
        session = liveUpdate.createSession("guest");
        Vm vm = kvm.createVm("guest", Vm.TYPE_DEFAULT);
        GuestMemfd huge = kvm.createGuestMemfd(vm, (long) HUGE_PAGES * HUGE_PAGE, 0, HUGE_PAGE);
        GuestMemfd small = kvm.createGuestMemfd(vm, SMALL_BYTES, 0);
        addSlots(vm, huge, small);
        vm.write(0, ByteBuffer.wrap(BYTES));
        session.preserve(0, huge);
        session.preserve(1, vm);
        session.preserve(2, small);
    }

    private static void addSlots(Vm vm, GuestMemfd huge, GuestMemfd small) throws Exception {
        vm.addSlot(new MemorySlot(0, huge, 0, huge.size()));
        vm.addSlot(new MemorySlot(huge.size(), small, 0, SMALL_BYTES));
    }

    @AfterEach
    void noPageIsLeft() throws Exception {
        List<AutoCloseable> files = List.of(open(0, GuestMemfd.class), open(1, Vm.class), open(2, GuestMemfd.class));
        session.close();
        for (AutoCloseable file : files) {
            file.close();
        }
        assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
        assertEquals(freeHugePages, freeHugePages());
    }

    private <F> F open(long token, Class<F> type) throws Exception {
        try (FileHandle<F> handle = session.open(token, type)) {
            return handle.get();
        }
    }

    /** How many huge pages the pool gives at once. */
    private long freeHugePages() throws Exception {
        HugePagePool pool = context.getService(context.getServiceReference(HugePagePool.class));
        long free = 0;
        for (long step = 1 << 14; step > 0; step /= 2) {
            try {
                pool.take(HUGE_PAGE, free + step);
                pool.giveBack(HUGE_PAGE, free + step);
                free += step;
            } catch (ByteFileException e) {
                assertEquals(Errno.ENOMEM, e.errno());
            }
        }
        return free;
    }

    private void swap(String name) throws Exception {
        Bundle before = Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst().orElseThrow();
        modules.swap(before, "next:" + name + before.getVersion(), NextVersion.stream(before));
        assertEquals(Bundle.UNINSTALLED, before.getState());
    }

    @Test
    void theMachineReadsTheSameMemoryWhenItsProviderWasReplaced() throws Exception {
        Vm old = open(1, Vm.class);

        swap(KVM);
        swap(KVM);

        assertEquals(Errno.ENODEV, assertThrows(ByteFileException.class, old::slots).errno());
        Vm vm = open(1, Vm.class);
        assertEquals(List.of(), vm.slots());
        addSlots(vm, open(0, GuestMemfd.class), open(2, GuestMemfd.class));
        ByteBuffer memory = ByteBuffer.allocate(BYTES.length);
        vm.read(0, memory);
        assertArrayEquals(BYTES, memory.array());
        assertEquals(freeHugePages - HUGE_PAGES, freeHugePages());
    }

    @Test
    void theNextPoolCountsTheHugePagesAndTheMachineGoesOn() throws Exception {
        Vm vm = open(1, Vm.class);

        swap(HUGETLB);

        assertEquals(freeHugePages - HUGE_PAGES, freeHugePages());
        ByteBuffer memory = ByteBuffer.allocate(BYTES.length);
        vm.read(0, memory);
        assertArrayEquals(BYTES, memory.array());
        GuestMemfd huge = kvm.createGuestMemfd(vm, HUGE_PAGE, 0, HUGE_PAGE);
        assertEquals(freeHugePages - HUGE_PAGES - 1, freeHugePages());
        huge.close();
    }
}
