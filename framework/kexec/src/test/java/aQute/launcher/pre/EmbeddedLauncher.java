package aQute.launcher.pre;

import org.liveupdate.kexec.FakeGeneration;

/** Stands where bnd's launcher is in the runnable jar, and runs a generation without framework. */
public final class EmbeddedLauncher {
    private EmbeddedLauncher() {}

    /** Called by name, as the real one is. */
    public static void main(String... arguments) throws Exception {
        FakeGeneration.run();
    }
}
