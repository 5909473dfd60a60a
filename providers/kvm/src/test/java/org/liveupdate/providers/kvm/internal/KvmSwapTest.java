package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;

/** Another version of the bundle takes machine and memory over, on both sides and in any order. */
class KvmSwapTest extends KvmCase {

    private GuestMemfd written(long pageSize) throws Exception {
        GuestMemfd memory = generation.factory.createGuestMemfd(vm, 2 * CountingPool.KIB_64, 0, pageSize);
        memory.write(5000, buffer(1000));
        return memory;
    }

    private Session preserved(boolean vmFirst, GuestMemfd memory) throws Exception {
        Session session = session();
        session.preserve(vmFirst ? VM_TOKEN : MEMORY_TOKEN, vmFirst ? vm : memory);
        session.preserve(vmFirst ? MEMORY_TOKEN : VM_TOKEN, vmFirst ? memory : vm);
        return session;
    }

    private void assertTogether(Session session) throws Exception {
        Vm machine = open(session, VM_TOKEN, Vm.class);
        GuestMemfd memory = open(session, MEMORY_TOKEN, GuestMemfd.class);
        assertSame(machine, ((GuestMemfdFile) memory).vm());
        machine.addSlot(new MemorySlot(0, memory, 0, memory.size()));
        assertArrayEquals(some(1000), read(machine, 5000, 1000));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void machineAndMemoryFindEachOtherAgainOnBothSides(boolean vmFirst) throws Exception {
        GuestMemfd old = written(PAGE);
        Session session = preserved(vmFirst, old);
        for (int version = 0; version < 3; version++) {
            generation.replaceProvider();
            assertTogether(session);
        }
        assertRefused(Errno.ENODEV, () -> old.pages());
        Session handed = handOver();
        handed.retrieve(MEMORY_TOKEN, GuestMemfd.class);
        for (int version = 0; version < 3; version++) {
            generation.replaceProvider();
            assertTogether(handed);
        }
        GuestMemfd last = open(handed, MEMORY_TOKEN, GuestMemfd.class);
        handed.close();
        last.write(0, buffer(1));
        last.close();
    }

    @Test
    void memoryWhoseMachineIsNotInTheSessionLosesIt() throws Exception {
        Session session = session();
        session.preserve(MEMORY_TOKEN, written(PAGE));
        generation.replaceProvider();
        GuestMemfd fresh = open(session, MEMORY_TOKEN, GuestMemfd.class);
        assertArrayEquals(some(1000), read(fresh, 5000, 1000));
        assertRefused(Errno.ENOENT, () -> generation.freezeAndTakeBack());
        session.close();
        fresh.close();
    }

    @Test
    void whatItsUserHadClosedGoesWithTheSession() throws Exception {
        GuestMemfd memory = written(PAGE);
        Session session = preserved(true, memory);
        memory.close();
        generation.replaceProvider();
        generation.replaceProvider();
        session.close();
        assertEquals(0, generation.pages());
    }

    @Test
    void hugePagesAreCountedOnceByWhoeverServesThem() throws Exception {
        Session session = preserved(true, written(CountingPool.KIB_64));
        assertEquals(2, generation.counted(true));
        generation.replaceProvider();
        assertTogether(session);
        assertEquals(2, generation.hugePages.taken(CountingPool.KIB_64));
        assertEquals(2, generation.counted(true));
        Session handed = handOver();
        handed.retrieve(MEMORY_TOKEN, GuestMemfd.class);
        generation.replaceProvider();
        assertTogether(handed);
        assertEquals(0, generation.hugePages.taken(CountingPool.KIB_64));
        assertEquals(2, generation.counted(false));
        GuestMemfd last = open(handed, MEMORY_TOKEN, GuestMemfd.class);
        handed.close();
        assertEquals(2, generation.hugePages.taken(CountingPool.KIB_64));
        last.close();
    }

    @Test
    void anOrdinaryFileOfAVersionThatLeftIsUsedUntilItIsClosed() throws Exception {
        GuestMemfd ordinary = written(PAGE);
        generation.replaceProvider();
        ordinary.write(0, buffer(1));
        ordinary.close();
    }
}
