package org.liveupdate.demo.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.vfio.VfioDevice;

/**
 * A device's work: it writes numbered stamps of the monotonic clock, one after the other, into a ring in the guest's
 * memory, and needs nobody for that.
 */
final class DmaRing {
    static final int ENTRIES = 65_536;
    static final int BYTES = ENTRIES * DeviceRegisters.ENTRY_BYTES;
    private static final long PERIOD_NANOS = 100_000;

    private final VfioDevice device;
    private final long address;

    /**
     * The ring of a device.
     *
     * @param address
     *            of the ring, for the device and in the guest
     */
    DmaRing(VfioDevice device, long address) {
        this.device = device;
        this.address = address;
    }

    long address() {
        return address;
    }

    /** Lets the device work. */
    void start() throws LiveUpdateException {
        device.write(DeviceRegisters.RING, address);
        device.write(DeviceRegisters.ENTRIES, ENTRIES);
        device.write(DeviceRegisters.PERIOD, PERIOD_NANOS);
        device.write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
    }

    /** Ends its work. */
    void stop() throws LiveUpdateException {
        device.write(DeviceRegisters.CONTROL, 0);
    }

    /** How many stamps the device has written. */
    long written() throws LiveUpdateException {
        return device.read(DeviceRegisters.SEQUENCE);
    }

    /** How many of its accesses went nowhere. */
    long faults() throws LiveUpdateException {
        return device.read(DeviceRegisters.FAULTS);
    }

    /**
     * What the device has written in an interval.
     *
     * @param ring
     *            the bytes of the ring
     * @param from
     *            nanoseconds of the monotonic clock
     * @param until
     *            nanoseconds of the monotonic clock
     */
    static Stamps stamps(ByteBuffer ring, long from, long until) {
        ring.order(ByteOrder.LITTLE_ENDIAN);
        long number = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int at = 0; at < BYTES; at += DeviceRegisters.ENTRY_BYTES) {
            long time = ring.getLong(at + Long.BYTES);
            if (time != 0 && time - from >= 0 && time - until <= 0) {
                number++;
                first = Math.min(first, ring.getLong(at));
                last = Math.max(last, ring.getLong(at));
            }
        }
        return new Stamps(number, number == 0 ? 0 : last - first + 1);
    }

    /**
     * Stamps of an interval.
     *
     * @param number
     *            how many there are
     * @param span
     *            how many there must be by their sequence numbers
     */
    record Stamps(long number, long span) {
        boolean isGapless() {
            return number == span;
        }
    }
}
