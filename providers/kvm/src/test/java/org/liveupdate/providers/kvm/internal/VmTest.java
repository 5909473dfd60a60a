package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;

/** A machine as its user sees it. */
class VmTest extends KvmCase {

    @Test
    void thereAreTwoTypesAndNamesHaveAtMost249Bytes() throws IOException {
        assertEquals(Vm.TYPE_DEFAULT, vm.type());
        assertEquals("guest", vm.name());
        assertEquals(Vm.TYPE_SW_PROTECTED, generation.factory.createVm("", Vm.TYPE_SW_PROTECTED).type());
        assertRefused(Errno.EINVAL, () -> generation.factory.createVm("guest", 2));
        assertRefused(Errno.EINVAL, () -> generation.factory.createVm("x".repeat(250), 0));
    }

    @Test
    void theGuestReadsAndWritesThroughItsSlots() throws IOException {
        try (GuestMemfd low = memory(4); GuestMemfd high = memory(4)) {
            vm.addSlot(new MemorySlot(0x10000, low, PAGE, 2 * PAGE));
            vm.addSlot(new MemorySlot(0x12000, high, 0, 4 * PAGE));
            vm.write(0x11ff0, buffer(100));
            assertArrayEquals(some(100), read(vm, 0x11ff0, 100));
            assertArrayEquals(Arrays.copyOf(some(100), 16), read(low, 3 * PAGE - 16, 16));
            assertArrayEquals(Arrays.copyOfRange(some(100), 16, 100), read(high, 0, 84));
            assertEquals(List.of(0x10000L, 0x12000L), vm.slots().stream().map(MemorySlot::guestAddress).toList());
        }
    }

    @Test
    void whatNoSlotHasIsEfault() throws IOException {
        try (GuestMemfd memory = memory(2)) {
            assertRefused(Errno.EFAULT, () -> read(vm, 0, 1));
            vm.addSlot(new MemorySlot(PAGE, memory, 0, 2 * PAGE));
            assertRefused(Errno.EFAULT, () -> read(vm, PAGE - 1, 1));
            assertRefused(Errno.EFAULT, () -> read(vm, 3 * PAGE, 1));
            assertRefused(Errno.EFAULT, () -> vm.write(3 * PAGE - 1, buffer(2)));
            assertArrayEquals(Arrays.copyOf(some(2), 1), read(vm, 3 * PAGE - 1, 1), "what was there is written");
            vm.removeSlot(PAGE);
            assertRefused(Errno.EFAULT, () -> read(vm, PAGE, 1));
            assertRefused(Errno.ENOENT, () -> vm.removeSlot(PAGE));
            assertEquals(List.of(), vm.slots());
        }
    }

    @Test
    void overlappingSlotsAreEexist() throws IOException {
        try (GuestMemfd memory = memory(4)) {
            vm.addSlot(new MemorySlot(4 * PAGE, memory, 0, 2 * PAGE));
            for (long address : new long[]{3 * PAGE, 4 * PAGE, 5 * PAGE}) {
                assertRefused(Errno.EEXIST, () -> vm.addSlot(new MemorySlot(address, memory, 0, 2 * PAGE)));
            }
            assertRefused(Errno.EEXIST, () -> vm.addSlot(new MemorySlot(3 * PAGE, memory, 0, 4 * PAGE)));
            vm.addSlot(new MemorySlot(2 * PAGE, memory, 0, 2 * PAGE));
            vm.addSlot(new MemorySlot(6 * PAGE, memory, 0, 2 * PAGE));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 4096", "-4096, 0, 4096", "0, 1, 4096", "0, -4096, 4096", "0, 0, 0", "0, 0, 100", "0, 0, -4096",
            "0, 4096, 16384", "0, 0, 20480", "9223372036854771712, 0, 8192"})
    void aSlotThatIsNotWholePagesOfItsFileIsEinval(long address, long offset, long length) throws IOException {
        try (GuestMemfd memory = memory(4)) {
            assertRefused(Errno.EINVAL, () -> vm.addSlot(new MemorySlot(address, memory, offset, length)));
        }
    }

    @Test
    void memoryOfAnotherMachineIsEinval() throws IOException {
        Vm other = generation.factory.createVm("other", Vm.TYPE_DEFAULT);
        try (GuestMemfd memory = generation.factory.createGuestMemfd(other, PAGE, 0)) {
            assertRefused(Errno.EINVAL, () -> vm.addSlot(new MemorySlot(0, memory, 0, PAGE)));
            other.addSlot(new MemorySlot(0, memory, 0, PAGE));
        }
        assertThrows(NullPointerException.class, () -> new MemorySlot(0, null, 0, PAGE));
    }

    @Test
    void accessesFailWhenTheFileIsClosed() throws IOException {
        GuestMemfd memory = memory(1);
        vm.addSlot(new MemorySlot(0, memory, 0, PAGE));
        memory.close();
        assertRefused(Errno.EBADF, () -> read(vm, 0, 1));
        assertRefused(Errno.EBADF, () -> vm.write(0, buffer(1)));
    }

    @Test
    void pagesOfAMachineWithPrivateMemoryHaveAttributes() throws IOException {
        Vm secret = generation.factory.createVm("secret", Vm.TYPE_SW_PROTECTED);
        secret.setAttributes(PAGE, 3 * PAGE, Vm.ATTRIBUTE_PRIVATE);
        secret.setAttributes(2 * PAGE, PAGE, 0);
        secret.setAttributes(100 * PAGE, 100 * PAGE, 0);
        assertEquals(List.of(0L, 8L, 0L, 8L, 0L), List.of(secret.attributes(0), secret.attributes(PAGE + 1),
                secret.attributes(2 * PAGE), secret.attributes(4 * PAGE - 1), secret.attributes(4 * PAGE)));
        assertRefused(Errno.EINVAL, () -> secret.setAttributes(0, PAGE, 4));
        assertRefused(Errno.EINVAL, () -> secret.setAttributes(1, PAGE, 0));
        assertRefused(Errno.EINVAL, () -> secret.setAttributes(0, 0, 0));
        assertRefused(Errno.ENOMEM, () -> secret.setAttributes(0, 1L << 60, Vm.ATTRIBUTE_PRIVATE));
        assertRefused(Errno.EINVAL, () -> vm.setAttributes(0, PAGE, Vm.ATTRIBUTE_PRIVATE));
        vm.setAttributes(0, PAGE, 0);
    }

    @Test
    void aDeadMachineIsEioAndAClosedOneEbadf() throws IOException {
        GuestMemfd memory = memory(1);
        vm.kill("a test of it");
        assertRefused(Errno.EIO, () -> vm.type());
        assertRefused(Errno.EIO, () -> vm.addSlot(new MemorySlot(0, memory, 0, PAGE)));
        assertRefused(Errno.EIO, () -> vm.read(0, ByteBuffer.allocate(1)));
        assertRefused(Errno.EIO, () -> vm.setAttributes(0, PAGE, 0));
        assertRefused(Errno.EIO, () -> memory(1));
        memory.close();
        vm.close();
        vm.close();
        assertRefused(Errno.EBADF, () -> vm.slots());
        assertRefused(Errno.EBADF, () -> vm.removeSlot(0));
        assertRefused(Errno.EBADF, () -> vm.attributes(0));
        assertRefused(Errno.EBADF, () -> vm.write(0, buffer(1)));
    }
}
