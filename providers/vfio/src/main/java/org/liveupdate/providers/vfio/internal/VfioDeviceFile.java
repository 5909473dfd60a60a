package org.liveupdate.providers.vfio.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.vfio.VfioDevice;

/**
 * An open device: what its user does with it, and what the handler does.
 *
 * <p>It is kept by its user until he closes it, and by its session. When nobody keeps it any more it is switched off.
 */
final class VfioDeviceFile implements VfioDevice {

    /** How the device was opened. */
    enum Access {
        DEVICE, GROUP
    }

    private final PciAddress address;
    private final Access access;
    private final Registers registers;
    private final Devices devices;
    /** Guarded by this. */
    private DeviceState state;
    /** Guarded by this. */
    private boolean resetWorks;
    /** The page table it is attached to; null if it is none, or that is not known after a swap. Guarded by this. */
    private HardwarePageTable table;
    /** How many sessions keep it; guarded by this. */
    private int holders;
    /** Whether a live update is under way; guarded by this. */
    private boolean frozen;
    /** Whether the provider has left, or nobody keeps it any more; guarded by this. */
    private boolean over;

    private VfioDeviceFile(PciAddress address, Access access, Registers registers, Devices devices, DeviceState state,
            boolean resetWorks) {
        this.address = address;
        this.access = access;
        this.registers = registers;
        this.devices = devices;
        this.state = state;
        this.resetWorks = resetWorks;
    }

    static VfioDeviceFile opened(PciAddress address, Access access, Registers registers, Devices devices) {
        return new VfioDeviceFile(address, access, registers, devices, DeviceState.OPENED, false);
    }

    static VfioDeviceFile retrieved(VfioLayout record, DeviceState state, Registers registers, Devices devices) {
        return new VfioDeviceFile(record.address(), Access.DEVICE, registers, devices, state, record.resetWorks());
    }

    @Override
    public PciAddress address() {
        return address;
    }

    Access access() {
        return access;
    }

    @Override
    public synchronized void attach(HardwarePageTable to) throws LiveUpdateException {
        // whoever has closed it too early can retrieve it once more and attach it: else its session could never be finished
        if (!state.incoming() || over) {
            requireOpen();
        }
        if (!state.used() && !state.incoming()) {
            resetWorks = registers.reset();
        }
        to.attach(address);
        table = to;
        state = state.nowAttached();
    }

    @Override
    public synchronized void detach() throws LiveUpdateException {
        requireOpen();
        if (state.attached()) {
            detachTable();
        }
    }

    private void detachTable() throws LiveUpdateException {
        if (table == null) {
            throw new LiveUpdateException(Errno.ENODEV,
                    "device " + address + " was attached through an object of a bundle "
                            + "that was replaced; attach it to its page table once more, then detach it");
        }
        table.detach(address);
        table = null;
        state = state.nowDetached();
    }

    @Override
    public synchronized boolean isAttached() {
        return state.attached();
    }

    @Override
    public synchronized long read(long offset) throws LiveUpdateException {
        requireUsed();
        return registers.read(offset);
    }

    @Override
    public synchronized void write(long offset, long value) throws LiveUpdateException {
        requireUsed();
        registers.write(offset, value);
    }

    @Override
    public synchronized void interrupts(boolean enabled) throws LiveUpdateException {
        requireUsed();
        if (enabled && frozen) {
            throw new LiveUpdateException(Errno.EBUSY,
                    "device " + address + ": interrupts cannot be enabled while a live update is under way");
        }
        registers.interrupts(enabled);
    }

    @Override
    public synchronized void reset() throws LiveUpdateException {
        requireUsed();
        if (!resetWorks) {
            throw new LiveUpdateException(Errno.ENOTTY, "device " + address + " cannot be reset");
        }
        if (!registers.reset()) {
            throw new LiveUpdateException(Errno.ETIMEDOUT, "device " + address + " does not answer to a reset");
        }
    }

    @Override
    public synchronized void close() {
        if (!state.closed()) {
            state = state.nowClosed();
            endIfUnkept();
        }
    }

    private void requireUsed() throws LiveUpdateException {
        requireOpen();
        if (!state.used()) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "device " + address + " is to be used, but was not attached to a page table yet");
        }
    }

    private void requireOpen() throws LiveUpdateException {
        if (state.closed()) {
            throw new LiveUpdateException(Errno.EBADF, "device " + address + " is closed");
        }
        if (over) {
            throw new LiveUpdateException(Errno.ENODEV, "device " + address
                    + ": the provider of this object has left; open it in its session, or again");
        }
    }

    /** Whether its user may still preserve it. */
    synchronized void requirePreservable() throws LiveUpdateException {
        requireOpen();
        if (address.domain() > VfioLayout.MAX_DOMAIN) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "device " + address + " cannot be preserved: its domain is above "
                            + Integer.toHexString(VfioLayout.MAX_DOMAIN));
        }
    }

    /** A session keeps it. */
    synchronized void hold() {
        holders++;
    }

    /** A session lets go. */
    synchronized void release() {
        holders--;
        frozen = false;
        endIfUnkept();
    }

    /** A live update begins. */
    synchronized void freeze() throws LiveUpdateException {
        if (registers.hasInterrupts()) {
            throw new LiveUpdateException(Errno.EINVAL, "interrupts of device " + address
                    + " are enabled, and nobody would take them; disable them before the live update");
        }
        frozen = true;
    }

    synchronized void unfreeze() {
        frozen = false;
    }

    /** What has to be known to go on with it. */
    synchronized DeviceState state() {
        return state;
    }

    synchronized boolean resetWorks() {
        return resetWorks;
    }

    /** Its provider leaves, the session keeps the device: nothing of it is touched any more. */
    synchronized DeviceState leave() {
        over = true;
        devices.closed(this);
        return state;
    }

    /** Its provider stops: the device is switched off, unless a session keeps it. */
    synchronized void stop() {
        if (holders > 0) {
            leave();
        } else {
            end();
        }
    }

    private void endIfUnkept() {
        if (state.closed() && holders == 0) {
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        if (state.used()) {
            registers.quiesce();
            if (resetWorks) {
                registers.reset();
            }
        }
        if (state.attached()) {
            try {
                detachTable();
            } catch (LiveUpdateException e) {
                Vfio.warn("device " + address + " is switched off, but stays attached: " + e.getMessage());
            }
        }
        devices.closed(this);
    }
}
