package org.liveupdate.providers.hardware;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.hardware.RegisterFile;

/**
 * How long a device goes on: until the machine is switched off, its directory is gone, or nobody has had it in use for a
 * while. Generations come and go, and for a moment there may be none, so that one look at who uses it tells nothing.
 * Confined to one thread.
 */
final class Life implements AutoCloseable {

    /** How often files are looked at; the switch is looked at each time. */
    private static final long LOOK_NANOS = 200_000_000;

    private final Path machine;
    private final long idleNanos;
    private final RegisterFile power;
    private final FileChannel owner;
    private long lastUsed = System.nanoTime();
    private long lastLook = lastUsed;

    /**
     * That of a device of {@code machine}.
     *
     * @param idleNanos for how long nobody may have the machine in use
     */
    Life(Path machine, long idleNanos) throws IOException {
        this.machine = machine;
        this.idleNanos = idleNanos;
        this.power = RegisterFile.open(machine.resolve(MachineLayout.POWER), MachineLayout.POWER_BYTES);
        this.owner = FileChannel.open(machine.resolve(MachineLayout.OWNER), StandardOpenOption.WRITE);
    }

    /** Why the device has to stop; null while it goes on. */
    String end() throws IOException {
        if (power.get(0) != MachineLayout.ON) {
            return "the machine was switched off";
        }
        long now = System.nanoTime();
        if (now - lastLook < LOOK_NANOS) {
            return null;
        }
        lastLook = now;
        if (!Files.exists(machine.resolve(MachineLayout.POWER))) {
            return "the machine is gone";
        }
        if (isInUse()) {
            lastUsed = now;
        }
        return now - lastUsed > idleNanos ? "nobody uses the machine any more" : null;
    }

    private boolean isInUse() throws IOException {
        FileLock lock = owner.tryLock();
        if (lock == null) {
            return true;
        }
        lock.release();
        return false;
    }

    @Override
    public void close() throws IOException {
        owner.close();
    }
}
