package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;

/** Guest memory as its user sees it. */
class GuestMemfdTest extends KvmCase {

    private static byte[] visited(GuestMemfd memory) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        memory.visit(view -> {
            byte[] piece = new byte[view.remaining()];
            view.get(piece);
            all.writeBytes(piece);
        });
        return all.toByteArray();
    }

    @Test
    void hasPagesOnlyWhereSomethingWasWritten() throws IOException {
        try (GuestMemfd memory = memory(1000)) {
            assertEquals(1000 * PAGE, memory.size());
            assertEquals(PAGE, memory.pageSize());
            assertEquals(GuestMemfd.FLAG_INIT_SHARED, memory.flags());
            assertArrayEquals(new byte[100], read(memory, 500 * PAGE - 50, 100));
            assertEquals(0, memory.pages());
            memory.write(500 * PAGE - 50, buffer(100));
            assertEquals(2, memory.pages());
            assertEquals(2, generation.pages());
            byte[] expected = new byte[(int) (1000 * PAGE)];
            System.arraycopy(some(100), 0, expected, (int) (500 * PAGE - 50), 100);
            assertArrayEquals(expected, read(memory, 0, expected.length));
            assertArrayEquals(expected, visited(memory));
        }
    }

    @Test
    void itsSizeIsThatOfItsCreation() throws IOException {
        try (GuestMemfd memory = memory(2)) {
            assertRefused(Errno.EINVAL, () -> memory.truncate(PAGE));
            assertRefused(Errno.EINVAL, () -> memory.truncate(3 * PAGE));
            memory.truncate(2 * PAGE);
            assertRefused(Errno.ENOSPC, () -> memory.write(2 * PAGE, buffer(1)));
            assertEquals(10, memory.write(2 * PAGE - 10, buffer(20)), "as much as there is room for");
        }
    }

    @Test
    void otherSizesAndFlagsAreEinval() {
        for (long size : new long[]{0, -PAGE, 1, PAGE + 1}) {
            assertRefused(Errno.EINVAL, () -> generation.factory.createGuestMemfd(vm, size, 0));
        }
        assertRefused(Errno.EINVAL, () -> generation.factory.createGuestMemfd(vm, PAGE, 4));
        assertRefused(Errno.EFBIG, () -> generation.factory.createGuestMemfd(vm, 1L << 50, 0));
        assertRefused(Errno.EINVAL, () -> generation.factory.createGuestMemfd(vm, PAGE, 0, 8192));
        Vm foreign = (Vm) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Vm.class},
                (proxy, method, arguments) -> "foreign");
        assertRefused(Errno.EINVAL, () -> generation.factory.createGuestMemfd(foreign, PAGE, 0));
        vm.close();
        assertRefused(Errno.EBADF, () -> generation.factory.createGuestMemfd(vm, PAGE, 0));
    }

    @Test
    void withoutMemoryNothingIsWritten() throws IOException {
        try (GuestMemfd large = memory(1 << 20); GuestMemfd next = memory(1)) {
            assertRefused(Errno.ENOMEM, () -> large.pin(0, large.size()));
            assertRefused(Errno.ENOMEM, () -> next.write(0, buffer(1)));
            assertEquals(0, next.pages());
            assertArrayEquals(new byte[10], read(next, 0, 10));
        }
    }

    @Test
    void pinningAddsThePages() throws IOException {
        try (GuestMemfd memory = memory(10)) {
            memory.write(2 * PAGE, buffer(1));
            try (Pin pin = memory.pin(PAGE + 10, 2 * PAGE)) {
                assertEquals(3, memory.pages());
                assertEquals(List.of(PAGE - 10, PAGE, 10L), pin.extents().stream().map(Extent::length).toList());
                assertEquals(List.of(PAGE + 10, 2 * PAGE, 3 * PAGE),
                        pin.extents().stream().map(Extent::offset).toList());
            }
        }
    }

    @Test
    void aBadPageIsEhwpoison() throws IOException {
        try (GuestMemfd memory = memory(4)) {
            memory.write(0, buffer((int) (4 * PAGE)));
            memory.poison(PAGE + 17);
            assertRefused(Errno.EHWPOISON, () -> read(memory, 2 * PAGE - 1, 1));
            assertRefused(Errno.EHWPOISON, () -> memory.write(PAGE, buffer(1)));
            assertRefused(Errno.EHWPOISON, () -> memory.pin(0, 2 * PAGE));
            assertRefused(Errno.EHWPOISON, () -> visited(memory));
            assertArrayEquals(Arrays.copyOf(some((int) (4 * PAGE)), 4096), read(memory, 0, 4096));
            assertRefused(Errno.EINVAL, () -> memory.poison(4 * PAGE));
            assertRefused(Errno.EINVAL, () -> memory.poison(-1));
        }
    }

    @Test
    void onHugePagesAllAreThereAndCounted() throws IOException {
        try (GuestMemfd huge = generation.factory.createGuestMemfd(vm, 3 * CountingPool.KIB_64, 0,
                CountingPool.KIB_64)) {
            assertEquals(3, huge.pages());
            assertEquals(CountingPool.KIB_64, huge.pageSize());
            assertEquals(3, generation.hugePages.taken(CountingPool.KIB_64));
            assertEquals(48, generation.pages());
            huge.write(CountingPool.KIB_64 - 50, buffer(100));
            assertArrayEquals(some(100), read(huge, CountingPool.KIB_64 - 50, 100));
            assertRefused(Errno.EINVAL,
                    () -> generation.factory.createGuestMemfd(vm, PAGE, 0, CountingPool.KIB_64));
            assertRefused(Errno.ENOMEM, () -> generation.factory.createGuestMemfd(vm, 6 * CountingPool.KIB_64, 0,
                    CountingPool.KIB_64));
            assertEquals(3, generation.hugePages.taken(CountingPool.KIB_64));
        }
    }

    @Test
    void hugePagesThatMemoryDoesNotHaveAreEnomemAndNoneIsLeft() {
        assertRefused(Errno.ENOMEM,
                () -> generation.factory.createGuestMemfd(vm, 8 * CountingPool.MIB_2, 0, CountingPool.MIB_2));
        assertEquals(0, generation.hugePages.taken(CountingPool.MIB_2));
        assertEquals(0, generation.pages());
    }
}
