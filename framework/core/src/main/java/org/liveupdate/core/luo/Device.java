package org.liveupdate.core.luo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Who uses sessions. Any number of agents, unless {@code liveupdate.exclusive} asks for the device as the kernel has it:
 * one opener at a time. Thread safe.
 */
public final class Device {
    private final Orchestrator core;
    /** Who has it open, and how they are called; guarded by the core lock. */
    private final Map<Object, String> openers = new LinkedHashMap<>();
    /** Written under the core lock. */
    private volatile boolean exclusive;

    Device(Orchestrator core) {
        this.core = core;
    }

    /**
     * One opener at a time, or any number.
     *
     * @param one
     *            whether it is one
     * @throws LiveUpdateException
     *             {@code EBUSY} several have it open; nothing was changed
     */
    public void exclusive(boolean one) throws LiveUpdateException {
        core.lock().lock();
        try {
            if (one && openers.size() > 1) {
                throw new LiveUpdateException(Errno.EBUSY,
                        "liveupdate.exclusive cannot be true now: several bundles use sessions: " + openers.values());
            }
            exclusive = one;
        } finally {
            core.lock().unlock();
        }
    }

    /**
     * Opens the device; nothing happens if this opener has it open.
     *
     * @param opener
     *            who, told apart by identity
     * @param name
     *            for the message others get
     * @throws LiveUpdateException
     *             only if there is one opener at a time: {@code ENODEV} live update is off · {@code EBUSY} somebody else has
     *             it open
     */
    public void open(Object opener, String name) throws LiveUpdateException {
        if (exclusive && !core.enabled()) {
            throw new LiveUpdateException(Errno.ENODEV, "there is no live update device: live update is switched off");
        }
        core.lock().lock();
        try {
            if (exclusive && !openers.isEmpty() && !openers.containsKey(opener)) {
                throw new LiveUpdateException(Errno.EBUSY, "the live update device is open: " + openers.values()
                        + " has it, and liveupdate.exclusive allows one opener");
            }
            openers.put(opener, name);
        } finally {
            core.lock().unlock();
        }
        core.open();
    }

    /**
     * Closes the device; sessions stay.
     *
     * @param opener
     *            who; nothing happens if it has not opened the device
     */
    public void close(Object opener) {
        core.lock().lock();
        try {
            openers.remove(opener);
        } finally {
            core.lock().unlock();
        }
    }
}
