package org.liveupdate.providers.vfio.internal;

import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * What a preserved device's {@code data} points to: the original's {@code struct vfio_pci_core_device_ser}, little-endian,
 * packed, and behind it a field of our own.
 *
 * <pre>
 *   0       2       4   5   6
 *  +-------+-------+---+---+
 *  | bdf   | domain| r | s |
 *  +-------+-------+---+---+
 *                    r: reset_works, whether the device can be reset, 0 or 1
 *                    s: state, {@link DeviceState#bits()}
 * </pre>
 *
 * The state is for this bundle's next version only; freezing makes it 0. The version is in the handler's compatible string.
 */
record VfioLayout(PciAddress address, boolean resetWorks) {

    /** The compatible string of this version. */
    static final String COMPATIBLE = "vfio-pci-v1";

    /** The highest domain that fits. */
    static final int MAX_DOMAIN = 0xffff;

    /** Length in bytes. */
    static final int BYTES = 6;

    private static final int BDF_OFFSET = 0;
    private static final int DOMAIN_OFFSET = 2;
    private static final int RESET_WORKS_OFFSET = 4;
    private static final int STATE_OFFSET = 5;

    void writeTo(Region target) {
        target.putShort(BDF_OFFSET, (short) address.bdf());
        target.putShort(DOMAIN_OFFSET, (short) address.domain());
        target.putByte(RESET_WORKS_OFFSET, (byte) (resetWorks ? 1 : 0));
    }

    static VfioLayout readFrom(Region source) {
        PciAddress address = PciAddress.of(Short.toUnsignedInt(source.getShort(DOMAIN_OFFSET)),
                Short.toUnsignedInt(source.getShort(BDF_OFFSET)));
        return new VfioLayout(address, source.getByte(RESET_WORKS_OFFSET) != 0);
    }

    static DeviceState state(Region source) {
        return DeviceState.of(source.getByte(STATE_OFFSET));
    }

    static void state(Region target, DeviceState state) {
        target.putByte(STATE_OFFSET, state.bits());
    }
}
