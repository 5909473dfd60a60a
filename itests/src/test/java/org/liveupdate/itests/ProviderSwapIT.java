package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Modules;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.itests.support.OsgiService;
import org.liveupdate.itests.support.OsgiTest;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The providers' real bundles are replaced, stopped and updated while their files are preserved. */
@OsgiTest
class ProviderSwapIT {
    private static final List<String> PROVIDERS =
            List.of("org.liveupdate.providers.memfd", "org.liveupdate.providers.hugetlb");
    private static final FlbKey<HugePages> COUNTERS = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);
    private static final int HUGE_PAGE = 2 << 20;
    private static final byte[] BYTES = new byte[2 * HUGE_PAGE];

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
    MemfdFactory memfds;
    @OsgiService
    HugeMemfdFactory hugeMemfds;
    BundleContext context;

    private Session session;
    private List<ByteFile> old;
    private long pages;

    @BeforeEach
    void preserveAFileOfEachKind() throws Exception {
        pages = runtime.getRuntimeDTO().memory.usedPages;
        session = liveUpdate.createSession("providers");
        old = List.of(memfds.create("small pages"), hugeMemfds.create("huge pages", BYTES.length, HUGE_PAGE));
        for (int token = 0; token < old.size(); token++) {
            ByteFile file = old.get(token);
            file.write(ByteBuffer.wrap(BYTES, 0, BYTES.length));
            session.preserve(token, file);
            file.write(100, ByteBuffer.wrap(BYTES, 0, 50));
            file.position(77 + token);
        }
    }

    @AfterEach
    void noPageIsLeft() throws Exception {
        for (long token : session.tokens()) {
            try (FileHandle<ByteFile> handle = session.open(token, ByteFile.class)) {
                handle.get().close();
            }
        }
        session.close();
        assertEquals(pages, runtime.getRuntimeDTO().memory.usedPages);
    }

    private Bundle provider(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().equals(name)).findFirst()
                .orElseThrow();
    }

    private Bundle swap(String name) throws Exception {
        Bundle before = provider(name);
        Bundle after = modules.swap(before, "next:" + name + before.getVersion(), NextVersion.stream(before));
        assertEquals(Bundle.UNINSTALLED, before.getState());
        assertEquals(Bundle.ACTIVE, after.getState());
        assertEquals(before.getVersion().getMajor() + 1, after.getVersion().getMajor());
        return after;
    }

    private void assertNothingIsLost() throws Exception {
        byte[] expected = BYTES.clone();
        System.arraycopy(BYTES, 0, expected, 100, 50);
        assertFile(0, Memfd.class, expected);
        assertFile(1, HugeMemfd.class, expected);
        try (FlbHandle<HugePages> counters = liveUpdate.getOutgoing(COUNTERS)) {
            assertEquals(2, counters.get().pages(HUGE_PAGE));
        }
    }

    private void assertFile(int token, Class<? extends ByteFile> type, byte[] expected) throws Exception {
        try (FileHandle<? extends ByteFile> handle = session.open(token, type)) {
            ByteFile file = handle.get();
            assertNotSame(old.get(token), file);
            assertEquals(77 + token, file.position());
            assertArrayEquals(expected, contents(file));
        }
        assertEquals(Errno.ENODEV, assertThrows(ByteFileException.class, old.get(token)::size).errno());
    }

    private static byte[] contents(ByteFile file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        file.visit(all::put);
        return all.array();
    }

    @Test
    void swappedProvidersServeTheSameFilesTwice() throws Exception {
        for (String name : PROVIDERS) {
            swap(name);
            swap(name);
        }

        assertNothingIsLost();
    }

    @Test
    void whatASwappedProviderCreatesIsPreservedByIt() throws Exception {
        swap(PROVIDERS.get(0));
        MemfdFactory next = context.getService(context.getServiceReference(MemfdFactory.class));

        try (Memfd memfd = next.create("of the next version")) {
            session.preserve(2, memfd);
        }

        assertEquals(List.of(0L, 1L, 2L), session.tokens());
    }

    @Test
    void stoppedProvidersLeaveTheirFilesDetachedAndStartedAgainServeThem() throws Exception {
        for (String name : PROVIDERS) {
            provider(name).stop();
        }
        for (long token : session.tokens()) {
            LiveUpdateException refusal =
                    assertThrows(LiveUpdateException.class, () -> session.open(token, ByteFile.class));
            assertEquals(Errno.ENODEV, refusal.errno(), refusal.getMessage());
        }

        for (String name : PROVIDERS) {
            provider(name).start();
        }

        assertNothingIsLost();
    }

    @Test
    void updatedProvidersServeTheSameFiles() throws Exception {
        for (String name : PROVIDERS) {
            Bundle provider = provider(name);
            provider.update(NextVersion.stream(provider));
        }

        assertNothingIsLost();
    }
}
