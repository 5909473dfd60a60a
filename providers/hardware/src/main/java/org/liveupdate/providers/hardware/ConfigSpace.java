package org.liveupdate.providers.hardware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.providers.api.hardware.DeviceRegisters;

/**
 * The configuration space of a device or bridge, as its file {@code config} in sysfs; little-endian.
 *
 * <pre>
 *    0  u16 vendor            2  u16 device           4  u16 command: 2 memory, 4 bus master
 *    9  u24 class            14  u8  header type: 0 device, 1 bridge
 *   16  u32 BAR 0, device    24  u8  primary bus, bridge    25  u8 secondary bus    26  u8 subordinate bus
 *   44  u16 subsystem vendor 46  u16 subsystem
 *  256  end
 * </pre>
 */
final class ConfigSpace {

    /** Length in bytes. */
    static final int BYTES = 256;

    private static final int VENDOR_OFFSET = 0;
    private static final int DEVICE_OFFSET = 2;
    private static final int COMMAND_OFFSET = 4;
    private static final int REVISION_AND_CLASS_OFFSET = 8;
    private static final int HEADER_TYPE_OFFSET = 14;
    private static final int BAR_OFFSET = 16;
    private static final int BUSES_OFFSET = 24;

    private static final short MEMORY_AND_BUS_MASTER = 6;

    private ConfigSpace() {}

    /** That of a device whose registers are at a bus address of 32 bits, a multiple of {@link DeviceRegisters#BYTES}. */
    static byte[] device(Identity identity, int registers) {
        return of(identity, 0).putInt(BAR_OFFSET, registers).array();
    }

    /** That of a bridge from one bus to the next. */
    static byte[] bridge(Identity identity, int primary, int secondary) {
        return of(identity, 1).put(BUSES_OFFSET, (byte) primary).put(BUSES_OFFSET + 1, (byte) secondary)
                .put(BUSES_OFFSET + 2, (byte) secondary).array();
    }

    private static ByteBuffer of(Identity identity, int headerType) {
        return ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putShort(VENDOR_OFFSET, (short) identity.vendor())
                .putShort(DEVICE_OFFSET, (short) identity.device())
                .putShort(COMMAND_OFFSET, MEMORY_AND_BUS_MASTER)
                .putInt(REVISION_AND_CLASS_OFFSET, identity.classCode() << 8)
                .put(HEADER_TYPE_OFFSET, (byte) headerType);
    }
}
