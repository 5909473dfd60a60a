package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A lock on a handover directory that this JVM holds, as supervisor or as one generation. It ends with
 * {@link #close()} or with the JVM, never by time-out. Safe for use by several threads.
 */
public final class DirectoryLock implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    /** Guarded by {@link HeldLocks#MONITOR}. */
    private boolean closed;

    DirectoryLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * The lock file; never null. Nobody in this JVM may open it while the lock is held: closing it would release it.
     */
    public Path path() {
        return path;
    }

    /** Whether it is still held. */
    public boolean isHeld() {
        synchronized (HeldLocks.MONITOR) {
            return !closed;
        }
    }

    /** Releases the lock; the file stays. Closing twice does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (HeldLocks.MONITOR) {
            if (!closed) {
                closed = true;
                HeldLocks.remove(path);
                channel.close();
            }
        }
    }
}
