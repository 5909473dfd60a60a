package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.kvm.GuestMemfd;

/** guest_memfd_huge_v1: the FLB of huge memfds counts its pages. */
class HugeGuestMemfdHandlerTest extends KvmCase {

    private GuestMemfd written(long pages) throws IOException {
        GuestMemfd memory = generation.factory.createGuestMemfd(vm, pages * CountingPool.KIB_64,
                GuestMemfd.FLAG_MMAP, CountingPool.KIB_64);
        memory.write(CountingPool.KIB_64 - 50, buffer(100));
        return memory;
    }

    @Test
    void theSuccessorHasTheSamePagesAndTheFlbCountsThemUntilTheyAreFinished() throws Exception {
        GuestMemfd memory = written(3);
        Session session = preserved(memory);
        assertEquals(3, generation.counted(true));
        session.close();
        assertRefused(Errno.ENOENT, () -> generation.counted(true));
        preserved(memory);
        Session handed = handOver();
        assertEquals(3, generation.counted(false));
        GuestMemfd retrieved = handed.retrieve(MEMORY_TOKEN, GuestMemfd.class);
        assertEquals(CountingPool.KIB_64, retrieved.pageSize());
        assertEquals(3, retrieved.pages());
        assertArrayEquals(some(100), read(retrieved, CountingPool.KIB_64 - 50, 100));
        assertEquals(0, generation.hugePages.taken(CountingPool.KIB_64));
        assertEquals(3, generation.counted(false));
        handed.finish();
        assertEquals(3, generation.hugePages.taken(CountingPool.KIB_64));
        assertRefused(Errno.ENODATA, () -> generation.counted(false));
        assertEquals(48, generation.pages());
        retrieved.close();
    }

    @Test
    void whatNobodyRetrievesIsFreed() throws Exception {
        preserved(written(2));
        Session handed = handOver();
        handed.finish();
        assertRefused(Errno.ENODATA, () -> generation.counted(false));
    }

    @Test
    void aPageSizeThatTheFlbDoesNotCountIsEnoentAndNothingIsLeft() throws Exception {
        GuestMemfd memory = generation.factory.createGuestMemfd(vm, CountingPool.MIB_2, 0, CountingPool.MIB_2);
        long pages = generation.pages();
        Session session = session();
        assertRefused(Errno.ENOENT, () -> session.preserve(MEMORY_TOKEN, memory));
        assertEquals(pages, generation.pages());
        memory.write(0, buffer(10));
        memory.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 65536", "0, 4096", "16, 1", "48, 0", "48, 1245184"})
    void aRecordWhosePagesDoNotMakeItsSizeIsEinvalAndFreed(int offset, long value) throws Exception {
        preserved(written(2));
        generation.hugeMemory.damage = (scope, record) -> record.putLong(offset, value);
        Session handed = handOver();
        assertRefused(Errno.EINVAL, () -> handed.retrieve(MEMORY_TOKEN, GuestMemfd.class));
        handed.finish();
    }
}
