package org.liveupdate.providers.iommu.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.iommu.internal.Generation.DEVICE;
import static org.liveupdate.providers.iommu.internal.Generation.OTHER;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.hardware.DeviceProcess;
import org.liveupdate.providers.hardware.Machine;

/** A device that is a process of its own writes to memory through the IOMMU. */
@Timeout(120)
class DmaTest {

    private static final int BYTES = Guest.PAGES * 4096;
    private static final int ENTRIES = BYTES / DeviceRegisters.ENTRY_BYTES;

    /** So slow that the ring has room for more than half a minute: the second JVM may be long in coming. */
    private static final long SLOW_NANOS = 10_000_000;

    @TempDir
    Path directory;
    private Path machinePath;
    private Path handover;
    private Machine machine;
    private AutoCloseable use;
    private DeviceProcess device;
    private RegisterFile registers;

    @BeforeEach
    void switchOn() throws Exception {
        machinePath = directory.resolve("machine");
        handover = Directories.handover(directory);
        machine = Machine.create(machinePath, List.of(DEVICE, OTHER));
        use = machine.use();
        device = DeviceProcess.start(machinePath, DEVICE, System.getProperty("java.class.path"), 30);
        registers = machine.registers(DEVICE);
    }

    @AfterEach
    void switchOff() throws Exception {
        machine.powerOff();
        assertEquals(0, device.await());
        use.close();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private void awaitEntries(long more) {
        long before = registers.get(DeviceRegisters.SEQUENCE);
        await(() -> registers.get(DeviceRegisters.SEQUENCE) >= before + more);
    }

    private void run(long periodNanos) {
        registers.set(DeviceRegisters.RING, Guest.IOVA);
        registers.set(DeviceRegisters.ENTRIES, ENTRIES);
        registers.set(DeviceRegisters.PERIOD, periodNanos);
        registers.setBits(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        awaitEntries(10);
    }

    private static void stop(RegisterFile registers) {
        registers.clearBits(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        await(() -> (registers.get(DeviceRegisters.STATUS) & DeviceRegisters.RUNNING) == 0);
    }

    /** How many entries of the ring were written between two moments. */
    private static long entries(Memfd memfd, long from, long to) throws Exception {
        ByteBuffer ring = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        memfd.read(0, ring);
        long count = 0;
        for (int entry = 0; entry < ENTRIES; entry++) {
            long stamp = ring.getLong(entry * DeviceRegisters.ENTRY_BYTES + 8);
            if (stamp - from > 0 && to - stamp > 0) {
                count++;
            }
        }
        return count;
    }

    @Test
    void itGoesOnWhileNoGenerationIsInCharge() throws Exception {
        Generation generation = Generation.start(handover, machinePath);
        Guest guest = Guest.create(generation);
        run(SLOW_NANOS);
        guest.preserve(generation);
        long image = generation.commit();
        generation.fence();
        long from = System.nanoTime();
        awaitEntries(50);
        long to = System.nanoTime();
        Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Second.class.getName(),
                handover.toString(), machinePath.toString(), Long.toString(image), Long.toString(from),
                Long.toString(to)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(second.getInputStream().readAllBytes()).trim();
        assertTrue(second.waitFor(30, TimeUnit.SECONDS));
        String[] words = output.split(" ");
        assertTrue(Long.parseLong(words[0]) >= 49, "entries written while nobody was in charge: " + output);
        assertEquals("UNMAPPED 0 0", words[1] + ' ' + words[2] + ' ' + words[3], "beyond, faults, pages left");
        assertEquals(0, second.exitValue());
    }

    /** The next generation: prints what it finds, stops the device, and gives everything up. */
    public static final class Second {

        private Second() {}

        public static void main(String[] arguments) throws Exception {
            Path machinePath = Path.of(arguments[1]);
            RegisterFile registers = Machine.open(machinePath).registers(DEVICE);
            try (Generation generation = Generation.successor(Path.of(arguments[0]), machinePath,
                    Long.parseLong(arguments[2]))) {
                Session session = generation.workload().retrieveSession("guest");
                Guest guest = Guest.take(session);
                long found = entries(guest.memfd(), Long.parseLong(arguments[3]), Long.parseLong(arguments[4]));
                long sequence = registers.get(DeviceRegisters.SEQUENCE);
                await(() -> registers.get(DeviceRegisters.SEQUENCE) > sequence + 10);
                session.close();
                Fault beyond = generation.core.translate(DEVICE, Guest.IOVA + BYTES, true).fault();
                stop(registers);
                long faults = registers.get(DeviceRegisters.FAULTS);
                guest.close();
                generation.requireNothingLeft();
                System.out.println(found + " " + beyond + " " + faults + " " + generation.pages());
            }
        }
    }

    @Test
    void whatIsTakenAwayItDoesNotWriteToAnyMore() throws Exception {
        try (Generation generation = Generation.start(handover, machinePath)) {
            Guest guest = Guest.create(generation);
            run(1);
            guest.space().unmap(Guest.IOVA, BYTES);
            ByteBuffer before = contents(guest.memfd());
            await(() -> registers.get(DeviceRegisters.FAULTS) >= 100);
            assertArrayEquals(before.array(), contents(guest.memfd()).array());
            assertEquals(Fault.UNMAPPED.code(), registers.get(DeviceRegisters.FAULT));
            assertTrue((registers.get(DeviceRegisters.STATUS) & DeviceRegisters.FAULTED) != 0);
            assertTrue(generation.core.faults() >= 100);
            guest.space().map(Guest.IOVA, BYTES, guest.memfd(), 0, false);
            IommuRegisters iommu = machine.iommu();
            iommu.clearFault();
            await(() -> iommu.fault() != null && iommu.fault().fault() == Fault.NOT_WRITABLE || clear(iommu));
            assertEquals(DEVICE.bdf(), iommu.fault().bdf());
            guest.table().detach(DEVICE);
            iommu.clearFault();
            await(() -> iommu.fault() != null && iommu.fault().fault() == Fault.NOT_ATTACHED || clear(iommu));
            stop(registers);
            guest.close();
            generation.requireNothingLeft();
        }
    }

    /** An older fault may have been kept in between. */
    private static boolean clear(IommuRegisters iommu) {
        iommu.clearFault();
        return false;
    }

    private static ByteBuffer contents(Memfd memfd) throws Exception {
        ByteBuffer contents = ByteBuffer.allocate(BYTES);
        memfd.read(0, contents);
        return contents;
    }

    @Test
    void itGoesOnWhileTheBundleIsReplaced() throws Exception {
        try (Generation generation = Generation.start(handover, machinePath)) {
            Guest guest = Guest.create(generation);
            run(50_000);
            Session session = guest.preserve(generation);
            long faults = registers.get(DeviceRegisters.FAULTS);
            for (int version = 0; version < 3; version++) {
                generation.swap();
                awaitEntries(100);
            }
            assertEquals(faults, registers.get(DeviceRegisters.FAULTS));
            stop(registers);
            Iommufd iommufd = session.open(Guest.IOMMUFD, Iommufd.class).get();
            session.close();
            iommufd.close();
            guest.memfd().close();
            generation.requireNothingLeft();
        }
    }
}
