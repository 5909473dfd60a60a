package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kho.image.DirectoryLock;
import org.liveupdate.kho.image.HandoverDirectory;

/**
 * Main class of a generation: takes the generation's lock before anything can touch handover memory, then runs the main
 * class of a framework's launcher. The lock is held until the JVM ends, however it ends.
 */
public final class GenerationMain {
    private GenerationMain() {}

    /**
     * Runs a generation.
     *
     * @param arguments
     *            name of the launcher's main class
     * @throws Throwable
     *             what the launcher throws
     */
    public static void main(String[] arguments) throws Throwable {
        DirectoryLock lock;
        try {
            lock = HandoverDirectory.open(Path.of(System.getProperty(Keys.DIRECTORY)))
                    .lockGeneration(Long.getLong(Keys.GENERATION));
        } catch (IOException e) {
            System.err.println("liveupdate: this generation cannot run: " + Failure.sentence(e));
            System.exit(1);
            return;
        }
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (ClassNotFoundException e) {
            System.err.println("liveupdate: there is no framework on the class path; run liveupdate.jar");
            System.exit(1);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            Reference.reachabilityFence(lock);
        }
    }
}
