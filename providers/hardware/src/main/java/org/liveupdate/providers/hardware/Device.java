package org.liveupdate.providers.hardware;

import static org.liveupdate.providers.api.hardware.DeviceRegisters.ALIVE;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.CONTROL;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.ENTRIES;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.FAULT;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.FAULTED;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.FAULTS;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.FAULT_ADDRESS;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.INTERRUPTS;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.INTERRUPTS_ON;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.PERIOD;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.RESET;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.RING;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.RUN;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.RUNNING;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.SEQUENCE;
import static org.liveupdate.providers.api.hardware.DeviceRegisters.STATUS;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.RegisterFile;

/** What a device does: what its registers say. Its whole state is in them. Confined to one thread. */
final class Device {

    /** How long it may take to see what is written to its registers. */
    private static final long ATTENTION_NANOS = 1_000_000;

    private final RegisterFile registers;
    private final BusMaster memory;
    /** When the next entry is to be written; counts while it runs. */
    private long due = System.nanoTime();

    Device(RegisterFile registers, BusMaster memory) {
        this.registers = registers;
        this.memory = memory;
    }

    /** Looks at the registers, and does what they say; returns how long it has nothing to do then, in nanoseconds. */
    long step() throws IOException {
        long now = System.nanoTime();
        registers.set(ALIVE, now);
        long control = registers.get(CONTROL);
        if ((control & RESET) != 0) {
            reset();
        } else if ((control & RUN) != 0) {
            registers.setBits(STATUS, RUNNING);
            return run(now, control);
        } else {
            registers.clearBits(STATUS, RUNNING);
        }
        due = now;
        return ATTENTION_NANOS;
    }

    /** Waits; whoever writes to registers is not noticed before. */
    static void pause(long nanos) {
        LockSupport.parkNanos(Math.min(nanos, ATTENTION_NANOS));
    }

    private void reset() {
        for (int register = STATUS; register < ALIVE; register += Long.BYTES) {
            registers.set(register, 0);
        }
        registers.set(CONTROL, 0);
    }

    private long run(long now, long control) throws IOException {
        if (now - due >= 0) {
            // what was missed, because the process did not run, is not caught up with
            due = Math.max(due, now - ATTENTION_NANOS) + Math.max(1, registers.get(PERIOD));
            writeEntry(control);
        }
        return due - System.nanoTime();
    }

    private void writeEntry(long control) throws IOException {
        long sequence = registers.get(SEQUENCE);
        long entries = Math.max(1, registers.get(ENTRIES));
        long iova = registers.get(RING) + sequence % entries * DeviceRegisters.ENTRY_BYTES;
        Fault fault = memory.write(iova, sequence, System.nanoTime());
        if (fault != null) {
            latch(fault, iova);
            return;
        }
        registers.set(SEQUENCE, sequence + 1);
        if ((control & INTERRUPTS_ON) != 0 && (sequence + 1) % entries == 0) {
            registers.add(INTERRUPTS, 1);
        }
    }

    private void latch(Fault fault, long iova) {
        if (registers.add(FAULTS, 1) == 1) {
            registers.set(FAULT_ADDRESS, iova);
            registers.set(FAULT, fault.code());
            registers.setBits(STATUS, FAULTED);
        }
    }
}
