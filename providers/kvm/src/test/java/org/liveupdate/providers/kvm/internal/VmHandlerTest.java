package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Session;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;

/** kvm_vm_luo_v1. */
class VmHandlerTest extends KvmCase {

    private Vm secret() throws Exception {
        Vm secret = generation.factory.createVm("secret", Vm.TYPE_SW_PROTECTED);
        secret.setAttributes(PAGE, 2 * PAGE, Vm.ATTRIBUTE_PRIVATE);
        secret.setAttributes(1L << 40, PAGE, Vm.ATTRIBUTE_PRIVATE);
        return secret;
    }

    @Test
    void takesMachinesOnly() {
        assertTrue(generation.vms.canPreserve(vm));
        assertFalse(generation.vms.canPreserve("guest"));
    }

    @Test
    void theSuccessorHasAFreshMachineOfThatTypeWithTheAttributesAndNoSlots() throws Exception {
        Vm old = secret();
        GuestMemfd memory = memory(1);
        vm.addSlot(new MemorySlot(0, memory, 0, PAGE));
        Session session = session();
        session.preserve(1, old);
        session.preserve(2, vm);
        memory.close();
        Session handed = handOver();
        Vm retrieved = handed.retrieve(1, Vm.class);
        assertEquals(Vm.TYPE_SW_PROTECTED, retrieved.type());
        assertEquals("guest/1", retrieved.name());
        assertEquals(List.of(0L, 8L, 8L, 0L, 8L), List.of(retrieved.attributes(0), retrieved.attributes(PAGE),
                retrieved.attributes(2 * PAGE), retrieved.attributes(3 * PAGE), retrieved.attributes(1L << 40)));
        assertEquals(List.of(), handed.retrieve(2, Vm.class).slots());
        handed.close();
        retrieved.setAttributes(0, PAGE, Vm.ATTRIBUTE_PRIVATE);
    }

    @Test
    void attributesStayAsTheyAreWhileItIsPreservedAndSlotsDoNot() throws Exception {
        Vm secret = secret();
        GuestMemfd memory = generation.factory.createGuestMemfd(secret, PAGE, 0);
        Session session = session();
        session.preserve(1, secret);
        assertRefused(Errno.EPERM, () -> secret.setAttributes(0, PAGE, 0));
        secret.addSlot(new MemorySlot(0, memory, 0, PAGE));
        secret.removeSlot(0);
        session.close();
        secret.setAttributes(0, PAGE, 0);
        memory.close();
    }

    @Test
    void aDeadMachineIsEinvalAndAClosedOneEbadf() throws Exception {
        Session session = session();
        vm.kill("a test of it");
        assertRefused(Errno.EINVAL, () -> session.preserve(1, vm));
        vm.close();
        assertRefused(Errno.EBADF, () -> session.preserve(1, vm));
        session.close();
    }

    @Test
    void aMachineThatDiesWhilePreservedRefusesTheUpdate() throws Exception {
        Session session = session();
        session.preserve(1, vm);
        vm.kill("a test of it");
        assertRefused(Errno.EINVAL, () -> generation.freezeAndTakeBack());
        session.close();
    }

    @Test
    void theRecordIsTheOriginalsToTheByte() throws Exception {
        Session session = session();
        session.preserve(1, secret());
        generation.vms.damage = (scope, record) -> {
            assertEquals(1, record.getLong(0));
            assertEquals(3, record.getLong(8));
            assertEquals(1, record.getInt(24), "pages of the array");
            assertEquals(0, record.getLong(32), "what is ours is zero");
            Region array = scope.region(scope.region(record.getLong(16)).getLong(8));
            assertEquals(2, array.getLong(16), "gfn of the second");
            assertEquals(8, array.getLong(24), "PRIVATE");
        };
        generation.freezeAndTakeBack();
        session.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0, 0", "0, -1", "8, 4", "8, -1", "8, 9223372036854775807", "16, 0", "16, 4096", "24, 0"})
    void aRecordThatMakesNoSenseIsEinvalAndFreed(int offset, long value) throws Exception {
        Session session = session();
        session.preserve(1, secret());
        generation.vms.damage = (scope, record) -> record.putLong(offset, value);
        Session handed = handOver();
        assertRefused(Errno.EINVAL, () -> handed.retrieve(1, Vm.class));
        handed.finish();
    }

    @Test
    void attributesOutOfOrderAreEinval() throws Exception {
        Session session = session();
        session.preserve(1, secret());
        generation.vms.damage = (scope, record) -> scope.region(scope.region(record.getLong(16)).getLong(8))
                .putLong(16, 1);
        Session handed = handOver();
        assertRefused(Errno.EINVAL, () -> handed.retrieve(1, Vm.class));
        handed.finish();
    }

    @Test
    void anotherVersionOfTheBundleServesItWithoutItsSlots() throws Exception {
        Vm old = secret();
        Session session = session();
        session.preserve(1, old);
        generation.replaceProvider();
        Vm fresh = open(session, 1, Vm.class);
        assertEquals(Vm.TYPE_SW_PROTECTED, fresh.type());
        assertEquals(8, fresh.attributes(PAGE));
        assertEquals(List.of(), fresh.slots());
        assertRefused(Errno.EPERM, () -> fresh.setAttributes(0, PAGE, 0));
        assertRefused(Errno.ENODEV, () -> old.type());
        Session other = generation.user().createSession("other");
        assertRefused(Errno.ENODEV, () -> other.preserve(1, old));
        other.close();
        session.close();
        fresh.setAttributes(0, PAGE, 0);
    }

    @Test
    void whoWasClosedOrDeadIsItUnderAnotherVersionOfTheBundle() throws Exception {
        Vm dead = secret();
        Session session = session();
        session.preserve(1, vm);
        session.preserve(2, dead);
        vm.close();
        dead.kill("a test of it");
        generation.replaceProvider();
        assertRefused(Errno.EBADF, () -> open(session, 1, Vm.class).type());
        assertRefused(Errno.EIO, () -> open(session, 2, Vm.class).type());
        assertRefused(Errno.EINVAL, () -> generation.freezeAndTakeBack());
        session.close();
    }
}
