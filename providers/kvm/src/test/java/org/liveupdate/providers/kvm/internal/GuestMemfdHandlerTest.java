package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Session;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;

/** guest_memfd_luo_v1. */
class GuestMemfdHandlerTest extends KvmCase {

    private GuestMemfd written() throws Exception {
        GuestMemfd memory = memory(100);
        memory.write(7 * PAGE - 50, buffer(100));
        memory.write(99 * PAGE, buffer((int) PAGE));
        return memory;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGuestReadsTheSameMemoryAfterAnUpdateInWhateverOrderTheTwoWerePreserved(boolean vmFirst) throws Exception {
        GuestMemfd memory = written();
        Session session = session();
        session.preserve(vmFirst ? 0 : 5, vmFirst ? vm : memory);
        session.preserve(vmFirst ? 5 : 0, vmFirst ? memory : vm);
        Session handed = handOver();
        GuestMemfd retrieved = handed.retrieve(5, GuestMemfd.class);
        Vm machine = handed.retrieve(0, Vm.class);
        assertSame(machine, ((GuestMemfdFile) retrieved).vm());
        assertEquals(100 * PAGE, retrieved.size());
        assertEquals(GuestMemfd.FLAG_INIT_SHARED, retrieved.flags());
        assertEquals(3, retrieved.pages());
        machine.addSlot(new MemorySlot(1 << 20, retrieved, 0, 100 * PAGE));
        assertArrayEquals(some(100), read(machine, (1 << 20) + 7 * PAGE - 50, 100));
        assertArrayEquals(some((int) PAGE), read(machine, (1 << 20) + 99 * PAGE, (int) PAGE));
        machine.write((1 << 20) + 99 * PAGE, buffer(10));
        assertRefused(Errno.EPERM, () -> retrieved.write(0, buffer(1)));
        handed.close();
        retrieved.write(0, buffer(1));
        assertEquals(4, generation.pages());
        retrieved.close();
    }

    @Test
    void whilePreservedPagesChangeAndNoneIsAdded() throws Exception {
        GuestMemfd memory = written();
        Session session = preserved(memory);
        memory.write(99 * PAGE, buffer(10));
        assertRefused(Errno.EPERM, () -> memory.write(0, buffer(1)));
        assertRefused(Errno.EPERM, () -> memory.pin(0, 1));
        memory.pin(99 * PAGE, PAGE).close();
        session.close();
        memory.write(0, buffer(1));
        memory.close();
    }

    @Test
    void withoutItsMachineInTheSessionTheUpdateIsEnoent() throws Exception {
        GuestMemfd memory = written();
        Session session = session();
        session.preserve(MEMORY_TOKEN, memory);
        assertRefused(Errno.ENOENT, () -> generation.freezeAndTakeBack());
        Session other = generation.user().createSession("other");
        other.preserve(VM_TOKEN, vm);
        assertRefused(Errno.ENOENT, () -> generation.freezeAndTakeBack());
        other.close();
        vm.close();
        assertRefused(Errno.ENOENT, () -> generation.freezeAndTakeBack());
        memory.write(99 * PAGE, buffer(10));
        session.close();
        memory.close();
    }

    @Test
    void aMachineThatItsUserClosedIsKeptByTheSession() throws Exception {
        GuestMemfd memory = written();
        preserved(memory);
        vm.close();
        memory.close();
        Session handed = handOver();
        GuestMemfd retrieved = handed.retrieve(MEMORY_TOKEN, GuestMemfd.class);
        assertArrayEquals(some(100), read(retrieved, 7 * PAGE - 50, 100));
        handed.close();
        retrieved.close();
    }

    @Test
    void aBadPageIsEhwpoisonWhenPreservedAndWhenFrozen() throws Exception {
        GuestMemfd memory = written();
        Session session = preserved(memory);
        memory.poison(99 * PAGE);
        assertRefused(Errno.EHWPOISON, () -> generation.freezeAndTakeBack());
        session.close();
        Session next = generation.user().createSession("next");
        assertRefused(Errno.EHWPOISON, () -> next.preserve(MEMORY_TOKEN, memory));
        assertEquals(3, generation.pages());
        next.close();
        memory.close();
    }

    @Test
    void memoryOfAMachineWithPrivateMemoryIsNotTaken() throws Exception {
        Vm secret = generation.factory.createVm("secret", Vm.TYPE_SW_PROTECTED);
        try (GuestMemfd memory = generation.factory.createGuestMemfd(secret, PAGE, 0)) {
            assertFalse(generation.memory.canPreserve(memory));
            assertRefused(Errno.ENOENT, () -> session().preserve(MEMORY_TOKEN, memory));
        }
    }

    @Test
    void aClosedFileIsEbadf() throws Exception {
        GuestMemfd memory = written();
        memory.close();
        assertRefused(Errno.EBADF, () -> session().preserve(MEMORY_TOKEN, memory));
    }

    @Test
    void withoutMemoryForTheRecordNothingIsLeft() throws Exception {
        GuestMemfd memory = written();
        GuestMemfd rest = memory(1 << 20);
        assertRefused(Errno.ENOMEM, () -> rest.pin(0, rest.size()));
        long pages = generation.pages();
        assertRefused(Errno.ENOMEM, () -> session().preserve(MEMORY_TOKEN, memory));
        assertEquals(pages, generation.pages());
        rest.close();
        memory.write(0, buffer(1));
        memory.close();
    }

    @Test
    void theRecordIsTheOriginalsToTheByte() throws Exception {
        GuestMemfd memory = written();
        Session session = preserved(memory);
        generation.memory.damage = (scope, record) -> {
            assertEquals(100 * PAGE, record.getLong(0));
            assertEquals(GuestMemfd.FLAG_INIT_SHARED, record.getLong(8));
            assertEquals(3, record.getLong(16));
            assertEquals(VM_TOKEN, record.getLong(24));
            assertEquals(1, record.getInt(40), "pages of the array");
            assertEquals(0, record.getLong(48), "what is ours is zero");
            Region array = scope.region(scope.region(record.getLong(32)).getLong(8));
            assertEquals(1L << 52, array.getLong(0) & 0xFFFL << 52, "UPTODATE");
            assertEquals(6, array.getLong(8), "index of the first");
            assertEquals(99, array.getLong(40), "index of the last");
        };
        generation.freezeAndTakeBack();
        session.close();
        memory.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, EINVAL", "0, -4096, EINVAL", "0, 1, EINVAL", "0, 28672, EINVAL",
            "0, 9223372036854771712, EINVAL",
            "8, 4, EOPNOTSUPP", "8, -1, EOPNOTSUPP", "16, -1, EINVAL", "16, 4, EINVAL", "16, 1000, EINVAL",
            "24, 3, ENOENT", "32, 0, EINVAL", "40, 0, EINVAL", "48, 65536, EINVAL"})
    void aBadRecordIsRefusedAndFreed(int offset, long value, Errno errno) throws Exception {
        refusedAfter((record, array) -> record.putLong(offset, value), errno);
    }

    @Test
    void aPageThatIsNotThereIsEioAndOneOutOfPlaceEinval() throws Exception {
        refusedAfter((record, array) -> array.putLong(0, 1L << 52 | 0x1234), Errno.EIO);
        refusedAfter((record, array) -> array.putLong(0, array.getLong(16)), Errno.EIO);
        refusedAfter((record, array) -> array.putLong(0, array.getLong(0) & ~(1L << 52)), Errno.EINVAL);
        refusedAfter((record, array) -> array.putLong(24, 6), Errno.EINVAL);
        refusedAfter((record, array) -> array.putLong(40, 100), Errno.EINVAL);
    }

    @FunctionalInterface
    private interface Damage {
        void on(Region record, Region array);
    }

    private void refusedAfter(Damage damage, Errno errno) throws Exception {
        vm = generation.factory.createVm("guest", Vm.TYPE_DEFAULT);
        preserved(written());
        generation.memory.damage = (scope, record) -> damage.on(record,
                scope.region(scope.region(record.getLong(32)).getLong(8)));
        Session handed = handOver();
        assertRefused(errno, () -> handed.retrieve(MEMORY_TOKEN, GuestMemfd.class));
        handed.finish();
        assertEquals(0, generation.pages());
    }

    @Test
    void aTokenOfSomethingElseThanAMachineIsEinval() throws Exception {
        GuestMemfd other = memory(1);
        Session session = preserved(written());
        session.preserve(9, other);
        generation.memory.damage = (scope, record) -> record.putLong(24, record.getLong(0) == PAGE ? VM_TOKEN : 9);
        Session handed = handOver();
        assertRefused(Errno.EINVAL, () -> handed.retrieve(MEMORY_TOKEN, GuestMemfd.class));
        handed.finish();
        handed.close();
    }

    @Test
    void whatNobodyRetrievesIsFreed() throws Exception {
        preserved(written());
        handOver().finish();
        assertEquals(0, generation.pages());
    }
}
