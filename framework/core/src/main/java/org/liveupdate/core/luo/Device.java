package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * The device as the kernel has it: one opener at a time. Only used where {@code liveupdate.exclusive} asks for it;
 * sessions outlive the opener.
 */
public final class Device {
    private final Orchestrator core;
    /** Guarded by the core lock. */
    private String opener;

    Device(Orchestrator core) {
        this.core = core;
    }

    /**
     * Opens the device.
     *
     * @param by
     *            who, for the message others get
     * @throws LiveUpdateException
     *             {@code ENODEV} live update is off · {@code EBUSY} somebody has it open
     */
    public void open(String by) throws LiveUpdateException {
        if (!core.enabled()) {
            throw new LiveUpdateException(Errno.ENODEV, "there is no live update device: live update is switched off");
        }
        core.lock().lock();
        try {
            if (opener != null) {
                throw new LiveUpdateException(Errno.EBUSY, "the live update device is open: " + opener
                        + " has it, and liveupdate.exclusive allows one opener");
            }
            opener = by;
        } finally {
            core.lock().unlock();
        }
        core.open();
    }

    /** Closes the device; sessions stay. */
    public void close() {
        core.lock().lock();
        try {
            opener = null;
        } finally {
            core.lock().unlock();
        }
    }
}
