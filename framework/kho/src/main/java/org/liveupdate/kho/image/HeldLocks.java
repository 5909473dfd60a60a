package org.liveupdate.kho.image;

import java.nio.file.Path;

/**
 * Which lock files this JVM holds, whichever copy of this class took them: two frameworks in one JVM load it twice,
 * and a lock file that is opened and closed anywhere in a JVM loses its lock. So the register is where both copies see
 * it, in the system properties, and so is its monitor.
 */
final class HeldLocks {

    private static final String PREFIX = "org.liveupdate.kho.lock:";

    /**
     * Held while a lock file is opened, locked, probed or closed. A string constant is the same object for all copies
     * of this class, which is what is wanted here.
     */
    static final Object MONITOR = PREFIX;

    private HeldLocks() {}

    static void add(Path file) {
        System.setProperty(key(file), Long.toString(ProcessHandle.current().pid()));
    }

    static void remove(Path file) {
        System.clearProperty(key(file));
    }

    static boolean contains(Path file) {
        return System.getProperty(key(file)) != null;
    }

    private static String key(Path file) {
        return PREFIX + file;
    }
}
